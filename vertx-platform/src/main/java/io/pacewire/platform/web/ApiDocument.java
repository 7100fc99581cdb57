package io.pacewire.platform.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI 3.1 document of a role: published as it is, and asked of every request that it describes
 * before a route sees it.
 *
 * <p>The validator of Vert.x takes a contract to pieces that knows less than OpenAPI does: no answers but
 * JSON and plain bytes, and it unescapes headers as if they stood in a URL. So it gets the document
 * without answers, without bodies that are no JSON, and without headers, which routes look at themselves.
 */
public final class ApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Vertx vertx;
  private final JsonObject document;
  private final OpenAPIContract contract;

  private ApiDocument(Vertx vertx, JsonObject document, OpenAPIContract contract) {
    this.vertx = vertx;
    this.document = document;
    this.contract = contract;
  }

  /**
   * Fails where the document is not valid.
   *
   * @param resource YAML on the class path
   */
  public static Future<ApiDocument> load(Vertx vertx, String resource) {
    return vertx.fileSystem().readFile(resource).compose(text -> {
      JsonObject document = parse(text.toString());
      return OpenAPIContract.from(vertx, requestsAlone(document))
          .map(contract -> new ApiDocument(vertx, document, contract));
    });
  }

  /** As it is published. */
  public JsonObject json() {
    return document.copy();
  }

  /**
   * Publishes the document and lets requests that it describes go on to the routes that are mounted after
   * this; others are answered with the problem. What the document does not know goes on as it is.
   *
   * @param path of the published document; no token is asked for it
   * @param door who is let in at all: who is not is not told what would be wrong
   */
  public void mount(Router router, String path, Handler<RoutingContext> door) {
    String published = document.encode();
    router
        .get(path)
        .handler(ctx -> ctx.response()
            .putHeader("Content-Type", "application/json")
            .end(published)
            .onFailure(ctx::fail));
    RouterBuilder builder = RouterBuilder.create(vertx, contract, extractor());
    builder.rootHandler(door);
    for (OpenAPIRoute route : builder.getRoutes()) {
      route.setDoSecurity(false).addHandler(RoutingContext::next);
    }
    router.route().subRouter(builder.createRouter());
  }

  /**
   * Looks at the query of a request that is answered ahead of this, as one whose body flows.
   *
   * @throws ProblemException 400 where a parameter is unknown, given twice, or no text
   */
  public void checkQuery(RoutingContext ctx, String operationId) {
    QueryChecks.check(ctx.queryParams(), contract.operation(operationId).getParameters());
  }

  private static RequestExtractor extractor() {
    RequestExtractor usual = RequestExtractor.withBodyHandler();
    return (ctx, operation) -> {
      QueryChecks.check(ctx.queryParams(), operation.getParameters());
      return usual.extractValidatableRequest(ctx, operation);
    };
  }

  private static JsonObject parse(String text) {
    Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return new JsonObject(new JsonObject(read).encode()); // nothing but what JSON has
  }

  private static JsonObject requestsAlone(JsonObject document) {
    JsonObject copy = document.copy();
    JsonObject components = copy.getJsonObject("components");
    components.remove("responses");
    JsonObject shared = components.getJsonObject("parameters", new JsonObject());
    for (Map.Entry<String, Object> path : copy.getJsonObject("paths")) {
      JsonObject item = (JsonObject) path.getValue();
      dropHeaders(item, shared);
      for (String name : item.fieldNames()) {
        if (METHODS.contains(name)) {
          JsonObject operation = item.getJsonObject(name);
          dropHeaders(operation, shared);
          dropOtherBody(operation);
          operation.put(
              "responses",
              new JsonObject().put("default", new JsonObject().put("description", "any")));
        }
      }
    }
    return copy;
  }

  /** Bodies that flow are their route's to look at. */
  private static void dropOtherBody(JsonObject operation) {
    JsonObject content = operation
        .getJsonObject("requestBody", new JsonObject())
        .getJsonObject("content", new JsonObject());
    if (!content.containsKey("application/json")) {
      operation.remove("requestBody");
    }
  }

  /** @param shared parameters that others refer to, by name */
  private static void dropHeaders(JsonObject holder, JsonObject shared) {
    JsonArray all = holder.getJsonArray("parameters", new JsonArray());
    JsonArray kept = new JsonArray();
    for (int i = 0; i < all.size(); i++) {
      JsonObject one = all.getJsonObject(i);
      String reference = one.getString("$ref", "");
      JsonObject meant =
          shared.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1), one);
      if (!"header".equals(meant.getString("in"))) {
        kept.add(one);
      }
    }
    holder.put("parameters", kept);
  }
}
