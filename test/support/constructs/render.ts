type Value = string | number | { readonly [name: string]: unknown };

/** Out of a logical id, what tells it from another of the same path. */
const readable = (id: string) => id.replace(/[0-9A-F]{8}$/, '');

/** A value of a template as one string: `<HeartRateStream.Arn>`, `<AWS::Partition>`. */
export function render(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = []] = Object.entries(value as Value);
  if (name === 'Ref') return `<${readable(String(argument))}>`;
  if (name === 'Fn::GetAtt') {
    const [id = '', attribute] = argument as string[];
    return `<${readable(id)}.${attribute}>`;
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(render).join(separator);
  }
  return JSON.stringify(value);
}

/** Calls back for every value of a template, innermost ones as well. */
export function walk(value: unknown, visit: (value: unknown, name: string) => void, name = ''): void {
  visit(value, name);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) walk(inner, visit, key);
}
