// What a function needs at least before it can ask a domain of AWS anything.
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Client } from '@opensearch-project/opensearch';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';

const { AWS_REGION: region = '', OPENSEARCH_ENDPOINT: node = '' } = process.env;
const signer = AwsSigv4Signer({ service: 'es', region, getCredentials: defaultProvider() });

export const client = new Client({ ...signer, node });
