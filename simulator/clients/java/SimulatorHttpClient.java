import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/** Sends what Twilio's own library wants to send to a simulator instead, with the Host header it was meant for. */
final class SimulatorHttpClient extends NetworkHttpClient {
    /** More than any list here has. */
    private static final int MOST_PAGES = 60;

    /** What was answered since the last call. */
    final List<String> answers = new ArrayList<>();

    /** @param baseUrl address of the simulator */
    SimulatorHttpClient(URI baseUrl) {
        super(to(new HttpHost(baseUrl.getScheme(), baseUrl.getHost(), baseUrl.getPort())));
    }

    private static HttpClientBuilder to(HttpHost simulator) {
        return HttpClientBuilder.create()
                .useSystemProperties()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .setRoutePlanner((target, context) -> new HttpRoute(simulator));
    }

    @Override
    public Response makeRequest(Request request) {
        Response response = super.makeRequest(request);
        String content = response.getContent();
        answers.add(content);
        if (answers.size() > MOST_PAGES) {
            throw new IllegalStateException("pages follow one another without an end");
        }
        return new Response(content, response.getStatusCode(), response.getHeaders());
    }
}
