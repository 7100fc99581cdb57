package io.pacewire.training.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Imports as they are shown. */
final class ImportJson {
  private ImportJson() {}

  static JsonObject job(ImportJob job) {
    JsonObject json = new JsonObject()
        .put("importId", job.id().toString())
        .put("name", job.name())
        .put("state", job.state().name().toLowerCase(Locale.ROOT))
        .put("timeZone", job.zone().getId())
        .put("sizeBytes", job.sizeBytes())
        .put("readBytes", Math.min(job.readBytes(), job.sizeBytes()))
        .put("createdAtMs", job.createdAtMs());
    if (job.endedAtMs() != null) {
      json.put("endedAtMs", job.endedAtMs());
    }
    if (job.cancelWanted() && job.endedAtMs() == null) {
      json.put("cancelling", true);
    }
    return job.failure() == null ? json : json.put("failure", job.failure());
  }

  /**
   * @param jobs one more than fit on the page where there are more
   * @param list by which a cursor knows it
   */
  static JsonObject page(List<ImportJob> jobs, int limit, String list) {
    List<ImportJob> shown = jobs.subList(0, Math.min(limit, jobs.size()));
    JsonObject page = new JsonObject()
        .put("imports", new JsonArray(shown.stream().map(ImportJson::job).toList()));
    if (jobs.size() > limit) {
      ImportJob last = shown.get(limit - 1);
      page.put("next", new TimeCursor(last.createdAtMs(), last.id()).encode(list));
    }
    return page;
  }

  /** @param files one more than fit on the page where there are more */
  static JsonObject detail(
      ImportJob job, Map<String, Long> counts, List<JsonObject> files, int limit) {
    JsonObject sums = new JsonObject()
        .put("files", counts.values().stream().mapToLong(Long::longValue).sum());
    for (String outcome : List.of(
        FileReport.IMPORTED, FileReport.DUPLICATE, FileReport.REFUSED, FileReport.SKIPPED)) {
      sums.put(outcome, counts.getOrDefault(outcome, 0L));
    }
    JsonObject json = job(job)
        .put("counts", sums)
        .put("files", new JsonArray(files.subList(0, Math.min(limit, files.size()))));
    return files.size() <= limit
        ? json
        : json.put("nextNumber", files.get(limit).getInteger("number"));
  }
}
