using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StubResolver.Extensions.Health;

/// <summary>Asks a resolver for a name: any usable response is healthy, that the name does not exist too.</summary>
internal sealed class ResolverHealthCheck(IDnsResolver resolver, string query) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (query == "." && resolver is DnsResolver own)
        {
            own.ClearCache(query); // nobody else asks for it, and an answer of before says nothing
        }

        try
        {
            DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(query, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
            return answer.IsStale
                ? HealthCheckResult.Degraded($"No server answers; answers past their life are served, as for '{query}'.")
                : HealthCheckResult.Healthy(answer.Server is null ? null : $"{answer.Server} answers.");
        }
        catch (DnsException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, Describe(exception), exception);
        }
    }

    private static string Describe(DnsException exception) => string.Join(
        Environment.NewLine, [exception.Message, .. exception.Attempts.Select(attempt => attempt.ToString()), .. exception.ExtendedErrors.Select(error => error.ToString())]);
}
