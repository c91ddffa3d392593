package dev.sluice.raw.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Looks at many files at once, on the executors. */
final class LookAtFiles {
  private final SparkSession spark;
  private final FileForm form;

  LookAtFiles(SparkSession spark, FileForm form) {
    this.spark = spark;
    this.form = form;
  }

  /** The settings of file systems as the session has them. */
  static Configuration hadoop(SparkSession session) {
    return session.sessionState().newHadoopConf();
  }

  /** What each file is, the oldest first. */
  List<LookedAt> at(List<FoundFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    List<ArrayList<FoundFile>> parts =
        InParallel.of(files, FoundFile::size, spark.sparkContext().defaultParallelism());
    FileForm asked = form;
    SerializableConfiguration hadoop = new SerializableConfiguration(hadoop(spark));
    FlatMapFunction<Long, LookedAt> look =
        part -> {
          LookAtFile one = new LookAtFile(asked, hadoop.value());
          return parts.get(part.intValue()).stream().map(one::at).iterator();
        };
    return spark.range(0, parts.size(), 1, parts.size()).javaRDD().flatMap(look).collect().stream()
        .sorted(
            Comparator.comparingLong((LookedAt l) -> l.file().modified())
                .thenComparing(l -> l.file().name()))
        .toList();
  }
}
