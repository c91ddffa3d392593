package dev.sluice.pipelines.query;

import java.util.Set;

/**
 * The plan nodes, functions and leaves that a read-only statement may have. All are lists of what
 * is allowed, so that what a later Spark adds is refused until somebody has looked at it.
 */
final class AllowedPlans {
  private AllowedPlans() {}

  /** Class names of nodes before analysis. */
  static final Set<String> PARSED =
      Set.of(
          "UnresolvedRelation",
          "UnresolvedInlineTable",
          "UnresolvedHaving",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedWith",
          "UnresolvedOrderBy",
          "CTERelationDef",
          "Project",
          "Filter",
          "Aggregate",
          "Join",
          "Sort",
          "GlobalLimit",
          "LocalLimit",
          "Offset",
          "Distinct",
          "Union",
          "Intersect",
          "Except",
          "SubqueryAlias",
          "WithWindowDefinition",
          "LateralJoin",
          "Generate",
          "Pivot",
          "OneRowRelation",
          "LocalRelation");

  /** Class names of nodes after analysis. */
  static final Set<String> ANALYSED =
      Set.of(
          "DataSourceV2Relation",
          "WithCTE",
          "CTERelationDef",
          "CTERelationRef",
          "Project",
          "Filter",
          "Aggregate",
          "Expand",
          "Join",
          "Sort",
          "GlobalLimit",
          "LocalLimit",
          "Offset",
          "Distinct",
          "Deduplicate",
          "Union",
          "Intersect",
          "Except",
          "SubqueryAlias",
          "Window",
          "LateralJoin",
          "Generate",
          "OneRowRelation",
          "LocalRelation");

  /** Class names of expressions without arguments after analysis. */
  static final Set<String> LEAVES =
      Set.of(
          "AttributeReference",
          "Literal",
          "CommonExpressionRef", // nullif and BETWEEN name their first operand once
          "CurrentDate",
          "CurrentTimestamp",
          "CurrentRow",
          "CumeDist",
          "EulerNumber",
          "NamedLambdaVariable",
          "Now",
          "OuterReference",
          "Pi",
          "RowNumber",
          "UnboundedFollowing",
          "UnboundedPreceding");

  /** Functions by the name they are called by; none reads files, settings, the user or Java. */
  static final Set<String> FUNCTIONS =
      Set.of(
          ("abs acos add_months any any_value approx_count_distinct approx_percentile array"
                  + " array_agg array_contains array_distinct array_join array_max array_min"
                  + " array_position array_size array_sort ascii asin atan atan2 avg base64 between bigint"
                  + " bin bit_length bool_and bool_or boolean bround btrim cardinality cast cbrt"
                  + " ceil ceiling char char_length character_length coalesce collect_list"
                  + " collect_set concat concat_ws contains corr cos count count_if covar_pop"
                  + " covar_samp crc32 cume_dist current_date current_timestamp date date_add"
                  + " date_diff date_format date_from_unix_date date_part date_sub date_trunc"
                  + " dateadd datediff datepart day dayname dayofmonth dayofweek dayofyear decimal"
                  + " degrees dense_rank double e element_at endswith every exists exp explode"
                  + " explode_outer extract filter first first_value flatten float floor forall"
                  + " format_number from_unixtime greatest grouping grouping_id hash hex hour if"
                  + " ifnull in initcap inline inline_outer instr int isnan isnotnull isnull kurtosis lag last"
                  + " last_day last_value lcase lead least left len length levenshtein ln locate"
                  + " log log10 log2 lower lpad ltrim make_date make_timestamp map map_entries"
                  + " map_keys map_values max max_by md5 mean median min min_by minute mod mode"
                  + " month months_between named_struct nanvl next_day now nth_value ntile nullif"
                  + " nvl nvl2 octet_length percent_rank percentile percentile_approx pi pmod"
                  + " position positive posexplode posexplode_outer pow power quarter radians rank regexp_count"
                  + " regexp_extract regexp_like regexp_replace regr_count repeat replace reverse"
                  + " right rint rlike round row_number rpad rtrim second sequence sha1 sha2 sign"
                  + " signum sin size skewness smallint sort_array split sqrt startswith std"
                  + " stddev stddev_pop stddev_samp string struct substr substring sum tan"
                  + " timestamp timestamp_micros timestamp_millis timestamp_seconds timestampadd"
                  + " timestampdiff tinyint to_char to_date to_number to_timestamp to_unix_timestamp"
                  + " transform translate trim trunc try_add try_cast try_divide try_multiply"
                  + " try_subtract try_to_number try_to_timestamp typeof ucase unhex unix_date"
                  + " unix_micros unix_millis unix_seconds unix_timestamp upper var_pop var_samp"
                  + " variance weekday weekofyear when width_bucket xxhash64 year zip_with")
              .split(" "));
}
