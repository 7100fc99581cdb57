package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One operation of an OpenAPI document, with everything that it refers to in place. */
record ApiOperation(String method, String path, JsonObject operation, List<JsonObject> parameters) {
  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

  static List<ApiOperation> all(JsonObject document) {
    List<ApiOperation> all = new ArrayList<>();
    JsonObject paths = (JsonObject) resolved(document.getJsonObject("paths"), document);
    for (Map.Entry<String, Object> entry : paths) {
      JsonObject item = (JsonObject) entry.getValue();
      for (String method : METHODS) {
        if (item.containsKey(method)) {
          JsonObject operation = item.getJsonObject(method);
          List<JsonObject> parameters = new ArrayList<>();
          for (JsonObject holder : List.of(item, operation)) {
            holder
                .getJsonArray("parameters", new JsonArray())
                .forEach(one -> parameters.add((JsonObject) one));
          }
          all.add(new ApiOperation(
              method.toUpperCase(java.util.Locale.ROOT), entry.getKey(), operation, parameters));
        }
      }
    }
    return all;
  }

  private static Object resolved(Object value, JsonObject document) {
    if (value instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(one -> copy.add(resolved(one, document)));
      return copy;
    }
    if (!(value instanceof JsonObject json)) {
      return value;
    }
    if (json.containsKey("$ref")) {
      Object target = document;
      for (String step : json.getString("$ref").substring(2).split("/", -1)) {
        target = ((JsonObject) target).getValue(step);
      }
      return resolved(target, document);
    }
    JsonObject copy = new JsonObject();
    json.forEach(one ->
        copy.put(one.getKey(), one.getValue() == null ? null : resolved(one.getValue(), document)));
    return copy;
  }

  String id() {
    return operation.getString("operationId");
  }

  boolean isPublic() {
    return operation.containsKey("security")
        && operation.getJsonArray("security").isEmpty();
  }

  List<JsonObject> parametersIn(String place) {
    return parameters.stream().filter(one -> place.equals(one.getString("in"))).toList();
  }

  /** @param id for the path; the query is that of the examples, one of them replaced or added */
  String exampleUri(UUID id, @Nullable String name, @Nullable String value) {
    List<String> query = new ArrayList<>();
    for (JsonObject parameter : parametersIn("query")) {
      Object example = parameter.getValue("example");
      if (!parameter.getString("name").equals(name) && example != null) {
        query.add(parameter.getString("name") + "=" + escaped(text(example)));
      }
    }
    if (name != null) {
      query.add(name + "=" + value);
    }
    String there = path.replace("{id}", id.toString());
    return query.isEmpty() ? there : there + "?" + String.join("&", query);
  }

  private static String text(Object example) {
    return example instanceof JsonArray array
        ? array.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(example);
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Of the first kind that it may be of. */
  @Nullable
  String exampleBody() {
    JsonObject body = operation.getJsonObject("requestBody");
    if (body == null) {
      return null;
    }
    JsonObject content = body.getJsonObject("content");
    Object example =
        content.getJsonObject(content.fieldNames().iterator().next()).getValue("example");
    return example instanceof JsonObject json ? json.encode() : String.valueOf(example);
  }

  /** The response that stands for a status, or null. */
  @Nullable
  JsonObject response(int status) {
    return operation.getJsonObject("responses").getJsonObject(Integer.toString(status));
  }

  /** What is wrong with a body by the schema of its status and media type; empty where nothing is. */
  List<String> faults(int status, @Nullable String mediaType, byte[] body) {
    JsonObject response = response(status);
    if (response == null) {
      return List.of("status " + status + " is not documented");
    }
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      return body.length == 0 ? List.of() : List.of("status " + status + " has a body");
    }
    String type = String.valueOf(mediaType).replaceFirst(";.*", "");
    JsonObject media = content.getJsonObject(type);
    if (media == null) {
      return List.of(type + " is not documented for " + status);
    }
    JsonObject schema = media.getJsonObject("schema");
    if (schema == null) {
      return List.of();
    }
    OutputUnit found = Validator.create(
            JsonSchema.of(schema),
            new JsonSchemaOptions()
                .setBaseUri("app://schema")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic))
        .validate(new JsonObject(io.vertx.core.buffer.Buffer.buffer(body)));
    return found.getValid()
        ? List.of()
        : found.getErrors().stream()
            .map(one -> one.getInstanceLocation() + " " + one.getError())
            .toList();
  }
}
