import java.util.ArrayList;
import java.util.List;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.LoggingDeprecationHandler;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.commons.alerting.model.BucketLevelTrigger;
import org.opensearch.commons.alerting.model.Monitor;
import org.opensearch.commons.alerting.model.QueryLevelTrigger;
import org.opensearch.commons.alerting.model.SearchInput;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.search.SearchModule;

/** Reads monitors, one on a line, with the parser of the Alerting plugin; says of each "ok", or what is wrong with it. */
public class ParseMonitor {
    public static void main(String[] args) throws Exception {
        List<NamedXContentRegistry.Entry> known = new ArrayList<>(new SearchModule(Settings.EMPTY, List.of()).getNamedXContents());
        known.add(SearchInput.Companion.getXCONTENT_REGISTRY());
        known.add(QueryLevelTrigger.Companion.getXCONTENT_REGISTRY());
        known.add(BucketLevelTrigger.Companion.getXCONTENT_REGISTRY());
        var registry = new NamedXContentRegistry(known);
        for (String line : new String(System.in.readAllBytes(), "UTF-8").lines().toList()) {
            System.out.println(verdict(registry, line));
        }
    }

    private static String verdict(NamedXContentRegistry registry, String json) {
        try (var parser = XContentType.JSON.xContent().createParser(registry, LoggingDeprecationHandler.INSTANCE, json)) {
            parser.nextToken();
            Monitor.parse(parser);
            return "ok";
        } catch (Throwable wrong) {
            return (wrong.getClass().getSimpleName() + ": " + wrong.getMessage()).replace("\n", " ");
        }
    }
}
