import com.fasterxml.jackson.core.type.TypeReference;
import com.twilio.base.Reader;
import com.twilio.base.ResourceSet;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Twilio's Java library makes the calls of every product, and decodes what it is answered.
 *
 * <p>Reads the calls from the file that CALLS names (`cargo xtask clients` writes it), and TWILIO_BASE_URL, TWILIO_ACCOUNT_SID and
 * TWILIO_AUTH_TOKEN. The classes are found by reflection. Jackson refuses a member of another type than the declared one, and
 * each member that the library declares is held against the answer. Ends with an exit code other than 0 when anything does not
 * hold.
 */
public final class Drive {
    private static final String MORE_INFO = "https://www.twilio.com/docs/errors/";
    private static final Map<String, String> CLASSES =
            Map.of("create", "Creator", "fetch", "Fetcher", "update", "Updater", "delete", "Deleter", "list", "Reader");

    /** Something does not hold. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String what) {
            super(what);
        }
    }

    /** The library does not have it. */
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String what) {
            super(what);
        }
    }

    private final SimulatorHttpClient transport = new SimulatorHttpClient(URI.create(System.getenv("TWILIO_BASE_URL")));
    private final TwilioRestClient client;
    private final Map<String, Object> known = new HashMap<>();

    private Drive(String account) {
        client = new TwilioRestClient.Builder(account, System.getenv("TWILIO_AUTH_TOKEN")).httpClient(transport).build();
        known.put("account", account);
    }

    /** What is said, with what is known in place of `$names`. */
    private Object said(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::said).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((name, one) -> result.put(name.toString(), said(one)));
            return result;
        }
        if (!(value instanceof String text) || !text.startsWith("$")) {
            return value;
        }
        String[] parts = text.substring(1).split("\\.", 2);
        if (!known.containsKey(parts[0])) {
            return value;
        }
        Object found = known.get(parts[0]);
        return parts.length == 1 ? found : ((Map<?, ?>) found).get(parts[1]);
    }

    private void make(Map<String, Object> call) throws Exception {
        if (!call.containsKey("absent")) {
            perform(call);
            return;
        }
        String failed;
        try {
            perform(call);
            throw new Wrong("is left out, but the library can make the call");
        } catch (Wrong wrong) {
            if (wrong.getMessage().startsWith("is left out")) {
                throw wrong;
            }
            failed = "fails";
        } catch (Missing missing) {
            failed = "missing";
        } catch (Exception failure) {
            failed = "fails";
        }
        if (!failed.equals(call.get("absent"))) {
            throw new Wrong("is left out because it is '" + call.get("absent") + "', but it is '" + failed + "'");
        }
    }

    private void perform(Map<String, Object> call) throws Exception {
        String verb = (String) call.get("do");
        Object order = order(call, verb);
        transport.answers.clear();
        List<Integer> refused = list(call.get("refused"));
        Object result;
        List<Object> things = new ArrayList<>();
        try {
            Method method = order.getClass().getMethod(verb.equals("list") ? "read" : verb, TwilioRestClient.class);
            result = method.invoke(order, client);
            if (result instanceof ResourceSet<?> set) {
                set.forEach(things::add);
            }
        } catch (InvocationTargetException thrown) {
            if (refused != null && thrown.getCause() instanceof ApiException refusal) {
                refused(refused, refusal);
                return;
            }
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
        if (refused != null) {
            throw new Wrong("was not refused");
        }
        if (verb.equals("delete")) {
            // Some products answer where the deletion can be followed.
            if (!Boolean.TRUE.equals(result) && transport.answers.get(0).isEmpty()) {
                throw new Wrong("answered " + result);
            }
        } else if (verb.equals("list")) {
            listed(call, things);
        } else {
            Map<String, Object> answer = object(transport.answers.get(transport.answers.size() - 1));
            decoded(result, answer);
            if (call.containsKey("as")) {
                known.put((String) call.get("as"), answer);
            }
            shows(call, result, answer);
        }
    }

    /** The object of the library that makes the call, with all its parameters. */
    private Object order(Map<String, Object> call, String verb) throws Exception {
        String java = (String) call.get("java");
        Class<?> kind;
        try {
            kind = Class.forName("com.twilio.rest." + java + CLASSES.get(verb));
        } catch (ClassNotFoundException absent) {
            throw new Missing("the library does not have " + java + CLASSES.get(verb));
        }
        List<String> ids = Drive.<Object>list(call.get("ids")).stream().map(id -> String.valueOf(said(id))).toList();
        List<Field> parts = Arrays.stream(kind.getDeclaredFields())
                .filter(field -> field.getName().startsWith("path") && !Modifier.isStatic(field.getModifiers()))
                .toList();
        if (parts.size() != ids.size()) {
            throw new Wrong("takes " + parts.size() + " parts of a path and not " + ids);
        }
        // The longest one is told the account too. What is required is set below like all else.
        Constructor<?> constructor = Arrays.stream(kind.getConstructors())
                .max(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        Object[] given = new Object[constructor.getParameterCount()];
        for (int index = 0; index < ids.size(); index++) {
            given[index] = Values.as(constructor.getGenericParameterTypes()[index], ids.get(index));
        }
        Object order = constructor.newInstance(given);
        for (int index = 0; index < ids.size(); index++) {
            parts.get(index).setAccessible(true);
            if (!Values.same(ids.get(index), Values.plain(parts.get(index).get(order)))) {
                throw new Wrong(parts.get(index) + " is not " + ids.get(index));
            }
        }
        parameters(call, order);
        return order;
    }

    private void parameters(Map<String, Object> call, Object order) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>();
        for (Map<String, Object> argument : Drive.<Map<String, Object>>list(call.get("arguments"))) {
            String name = (String) argument.get("name");
            Object value = said(argument.get("value"));
            if (!set(order, Values.letters(name), value)) {
                body.put(name, value);
            }
        }
        boolean isSent = List.of("create", "update").contains(call.get("do"));
        if (isSent && Drive.<Object>list(call.get("arguments")).size() == body.size()) {
            // A JSON body is one parameter, whatever it is called, and is sent if it is empty, too.
            for (Method method : order.getClass().getMethods()) {
                if (!method.getName().startsWith("set")) {
                    continue;
                }
                Class<?> kind = method.getParameterTypes()[0];
                if (method.getName().equals("setBody") || kind.getName().contains("$") && !kind.isEnum()) {
                    method.invoke(order, Values.as(method.getGenericParameterTypes()[0], new LinkedHashMap<>(body)));
                    body.clear();
                    break;
                }
            }
        }
        if (!body.isEmpty()) {
            throw new Wrong("the library has no parameters " + body.keySet());
        }
        if (order instanceof Reader<?> reader && call.get("limit") instanceof Integer limit) {
            reader.limit(limit);
        }
    }

    /** Sets one parameter, by the setter that takes such a value. */
    private static boolean set(Object order, String letters, Object value) throws Exception {
        if (order instanceof Reader<?> reader && letters.equals("pagesize")) {
            reader.pageSize((Integer) value);
            return true;
        }
        Exception misfit = null;
        List<Method> setters = Arrays.stream(order.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 1 && Values.letters(method.getName()).equals("set" + letters))
                .sorted(Comparator.comparing((Method method) -> method.getParameterTypes()[0] != List.class))
                .toList();
        for (Method setter : setters) {
            Type type = setter.getGenericParameterTypes()[0];
            try {
                setter.invoke(order, Values.as(type, value));
                return true;
            } catch (IllegalArgumentException | java.time.DateTimeException another) {
                misfit = another;
            }
        }
        if (misfit != null) {
            throw misfit;
        }
        return false;
    }

    private void refused(List<Integer> expected, ApiException refusal) throws Exception {
        Map<String, Object> answer = object(transport.answers.get(transport.answers.size() - 1));
        Object code = expected.get(1) == null ? answer.get("code") : expected.get(1);
        List<Object> got = Arrays.asList(refusal.getStatusCode(), refusal.getCode(), refusal.getMoreInfo(), refusal.getMessage());
        if (code == null || !got.equals(Arrays.asList(expected.get(0), code, MORE_INFO + code, answer.get("message")))) {
            throw new Wrong("refused with " + got + " and not " + expected);
        }
    }

    /** Every member that the library declares was decoded from the answer. */
    private static void decoded(Object thing, Map<String, Object> answer) throws Exception {
        Map<String, Object> members = Values.members(thing);
        int found = 0;
        for (Map.Entry<String, Object> sent : answer.entrySet()) {
            String letters = Values.letters(sent.getKey());
            if (!members.containsKey(letters)) {
                continue;
            }
            found++;
            Object member = members.get(letters);
            Object value = Values.plain(member);
            // A currency is one whatever its case: prices of calls have capitals, and those of usage have none.
            boolean isSame = member instanceof Currency
                    ? value.toString().equalsIgnoreCase(String.valueOf(sent.getValue()))
                    : Values.same(value, sent.getValue());
            if (sent.getValue() != null && (value == null || !isSame)) {
                throw new Wrong(thing.getClass().getSimpleName() + "." + sent.getKey() + " is " + value + " where "
                        + Values.JSON.writeValueAsString(sent.getValue()) + " was answered");
            }
        }
        if (found == 0) {
            throw new Wrong(thing.getClass() + " declares nothing of what was answered");
        }
    }

    private void shows(Map<String, Object> call, Object result, Map<String, Object> answer) throws Exception {
        Map<String, Object> members = Values.members(result);
        for (Map.Entry<String, Object> one : map(call.get("shows")).entrySet()) {
            String[] path = one.getKey().split("\\.");
            String letters = Values.letters(path[0]);
            // The answer's own where the library does not have it.
            Object value = members.containsKey(letters) ? Values.plain(members.get(letters)) : answer.get(path[0]);
            for (int index = 1; index < path.length; index++) {
                String name = Values.letters(path[index]);
                value = !(value instanceof Map<?, ?> map) ? null : map.entrySet().stream()
                        .filter(entry -> Values.letters(entry.getKey().toString()).equals(name) && entry.getValue() != null)
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            Object expected = said(one.getValue());
            if (!Values.same(expected, value)) {
                throw new Wrong(one.getKey() + " is " + value + " and not " + expected);
            }
        }
    }

    private void listed(Map<String, Object> call, List<Object> things) throws Exception {
        List<Map<String, Object>> items = new ArrayList<>();
        for (String text : transport.answers) {
            Map<String, Object> answer = object(text);
            Object key = map(answer.get("meta")).get("key");
            Object found = key != null
                    ? answer.get(key)
                    : answer.values().stream().filter(value -> value instanceof List).findFirst().orElse(null);
            if (found != null) {
                items.addAll(list(found));
            }
        }
        if (call.get("limit") instanceof Integer limit && items.size() > limit) {
            items = items.subList(0, limit);
        }
        if (items.size() != things.size()) {
            throw new Wrong(items.size() + " were answered and " + things.size() + " decoded");
        }
        for (int index = 0; index < items.size(); index++) {
            decoded(things.get(index), items.get(index));
        }
        Map<String, Object> lists = map(call.get("lists"));
        if (lists.isEmpty()) {
            return;
        }
        List<String> keys = items.stream().map(item -> String.valueOf(item.get(lists.get("key")))).toList();
        Set<String> different = new HashSet<>(keys);
        List<String> among = Drive.<Object>list(lists.get("among")).stream().map(one -> String.valueOf(said(one))).toList();
        boolean isAlone = !Boolean.TRUE.equals(lists.get("alone")) || different.equals(new HashSet<>(among));
        if (different.size() != keys.size() || !different.containsAll(among) || !isAlone) {
            throw new Wrong(keys + " are listed where " + among + " are expected");
        }
        if (lists.containsKey("without") && keys.contains(String.valueOf(said(lists.get("without"))))) {
            throw new Wrong("what was deleted is listed");
        }
        if (transport.answers.size() < (Integer) lists.get("requests")) {
            throw new Wrong(items.size() + " came in " + transport.answers.size() + " pages");
        }
    }

    private static Map<String, Object> object(String text) throws IOException {
        return Values.JSON.readValue(text, new TypeReference<Map<String, Object>>() {});
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Object value) {
        return (List<T>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    public static void main(String[] arguments) throws Exception {
        List<Map<String, Object>> groups = Values.JSON.readValue(
                Files.readString(Path.of(System.getenv("CALLS"))), new TypeReference<List<Map<String, Object>>>() {});
        Drive drive = new Drive(System.getenv("TWILIO_ACCOUNT_SID"));
        Map<String, Integer> counts = new TreeMap<>();
        int failed = 0;
        for (Map<String, Object> group : groups) {
            for (Map<String, Object> call : Drive.<Map<String, Object>>list(group.get("calls"))) {
                try {
                    drive.make(call);
                    counts.merge((String) group.get("product"), 1, Integer::sum);
                } catch (Exception failure) {
                    // Whatever the library throws is a finding.
                    failed++;
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    System.err.println("#" + call.get("id") + " " + call.get("java") + ": " + call.get("do") + " "
                            + Values.JSON.writeValueAsString(call.get("arguments")) + ": " + failure + (cause == failure ? "" : ": " + cause));
                    if (call.containsKey("as")) {
                        break;
                    }
                }
            }
        }
        counts.forEach((product, count) -> System.out.println("  " + product + ": " + count + " calls"));
        int passed = counts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed > 0 ? 1 : 0);
    }
}
