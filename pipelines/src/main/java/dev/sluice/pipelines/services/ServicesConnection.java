package dev.sluice.pipelines.services;

import dev.sluice.pipelines.config.SecretReference;

/** Where clients find the embedded services of a home. */
public record ServicesConnection(
    String kafkaBootstrap,
    String postgresUrl,
    String postgresUser,
    SecretReference postgresPasswordRef,
    String bigqueryEndpoint,
    String bigqueryProject) {}
