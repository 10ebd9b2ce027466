import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values as the library declares them, and as they stand in JSON. */
final class Values {
    private Values() {}

    static final ObjectMapper JSON = new ObjectMapper();

    /** Letters and digits alone, as names differ between JSON and Java in all else. */
    static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** A value of a type that the library declares. */
    static Object as(Type type, Object value) throws Exception {
        if (value == null) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == List.class) {
                List<Object> result = new ArrayList<>();
                for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                    result.add(as(generic.getActualTypeArguments()[0], one));
                }
                return result;
            }
            if (raw == Map.class && value instanceof Map<?, ?>) {
                return value;
            }
            throw new IllegalArgumentException(value + " is no " + type);
        }
        Class<?> kind = (Class<?>) type;
        boolean isScalar = value instanceof String || value instanceof Number || value instanceof Boolean;
        String text = isScalar ? value.toString() : JSON.writeValueAsString(value);
        if (kind == Object.class) {
            // Maps alone are written as JSON by the library.
            return value instanceof List<?> ? text : value;
        }
        if (kind == String.class) {
            return text;
        }
        if (kind == Integer.class || kind == int.class) {
            return Integer.valueOf(text);
        }
        if (kind == Long.class || kind == long.class) {
            return Long.valueOf(text);
        }
        if (kind == Double.class) {
            return Double.valueOf(text);
        }
        if (kind == Float.class) {
            return Float.valueOf(text);
        }
        if (kind == BigDecimal.class) {
            return new BigDecimal(text);
        }
        if (kind == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (kind == URI.class) {
            return URI.create(text.replace(' ', '+'));
        }
        if (kind == ZonedDateTime.class) {
            return ZonedDateTime.parse(text);
        }
        if (kind == LocalDate.class) {
            return LocalDate.parse(text.substring(0, 10));
        }
        if (kind.isEnum()) {
            Object word = kind.getMethod("forValue", String.class).invoke(null, text);
            if (word == null) {
                throw new IllegalArgumentException(text + " is no " + kind);
            }
            return word;
        }
        if (kind == Endpoint.class) {
            return new PhoneNumber(text);
        }
        if (Endpoint.class.isAssignableFrom(kind)) {
            return kind.getConstructor(String.class).newInstance(text);
        }
        if (value instanceof Map<?, ?>) {
            try {
                return kind.getMethod("fromJson", String.class, ObjectMapper.class).invoke(null, text, JSON);
            } catch (NoSuchMethodException absent) {
                return JSON.readValue(text, kind);
            }
        }
        throw new IllegalArgumentException(value + " is no " + kind);
    }

    /** A decoded value as it could stand in JSON; moments as texts of one form. */
    static Object plain(Object value) throws ReflectiveOperationException {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (value instanceof JsonNode node) {
            return JSON.convertValue(node, Object.class);
        }
        if (value instanceof ZonedDateTime moment) {
            return moment(moment.toInstant());
        }
        if (value instanceof Currency currency) {
            // As answers write it.
            return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Endpoint endpoint) {
            return endpoint.getEndpoint();
        }
        if (value instanceof Enum<?> || value instanceof LocalDate || value instanceof URI) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            for (Object one : list) {
                result.add(plain(one));
            }
            return result;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                result.put(entry.getKey().toString(), plain(entry.getValue()));
            }
            return result;
        }
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                result.put(field.getName(), plain(field.get(value)));
            }
        }
        return result;
    }

    /** What the library declares of an object and what it made of it, by the letters of the name. */
    static Map<String, Object> members(Object thing) throws ReflectiveOperationException {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Method method : thing.getClass().getMethods()) {
            boolean isGetter = method.getName().startsWith("get") && method.getParameterCount() == 0;
            if (!isGetter || method.getDeclaringClass() == Object.class) {
                continue;
            }
            try {
                members.put(letters(method.getName().substring(3)), method.invoke(thing));
            } catch (InvocationTargetException thrown) {
                throw new IllegalStateException(method.getName(), thrown.getCause());
            }
        }
        return members;
    }

    private static String moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Object normal(Object value) {
        String text = String.valueOf(value);
        for (DateTimeFormatter form : List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.RFC_1123_DATE_TIME)) {
            try {
                return moment(OffsetDateTime.parse(text, form).withOffsetSameInstant(ZoneOffset.UTC).toInstant());
            } catch (DateTimeParseException another) {
                // No moment, or one of the other form.
            }
        }
        try {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException noNumber) {
            return text;
        }
    }

    /** Equal, whether numbers stand as texts or not and however a moment is written. */
    static boolean same(Object one, Object other) {
        if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            Map<String, Object> by = new LinkedHashMap<>();
            right.forEach((name, value) -> by.put(letters(name.toString()), value));
            // Typed members have a value for what is null or absent.
            return left.entrySet().stream().allMatch(entry -> {
                Object sent = by.get(letters(entry.getKey().toString()));
                boolean isDefault = entry.getValue() == null || Boolean.FALSE.equals(entry.getValue());
                return isDefault && sent == null || same(entry.getValue(), sent);
            });
        }
        if (one instanceof List<?> left && other instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int index = 0; index < left.size(); index++) {
                if (!same(left.get(index), right.get(index))) {
                    return false;
                }
            }
            return true;
        }
        if (one == null || other == null || one instanceof Map || other instanceof Map) {
            return one == other;
        }
        return one.equals(other) || normal(one).equals(normal(other));
    }
}
