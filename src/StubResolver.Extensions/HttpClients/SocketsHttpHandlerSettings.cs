namespace StubResolver.Extensions.HttpClients;

/// <summary>Makes handlers with the settings of another.</summary>
internal static class SocketsHttpHandlerSettings
{
    /// <summary>Returns a new handler that shares cookies, credentials, TLS options and ConnectCallback with the model, but not its connections.</summary>
    public static SocketsHttpHandler CopyOf(SocketsHttpHandler model)
    {
        SocketsHttpHandler copy = new()
        {
            ActivityHeadersPropagator = model.ActivityHeadersPropagator,
            AllowAutoRedirect = model.AllowAutoRedirect,
            AutomaticDecompression = model.AutomaticDecompression,
            ConnectCallback = model.ConnectCallback,
            ConnectTimeout = model.ConnectTimeout,
            Credentials = model.Credentials,
            DefaultProxyCredentials = model.DefaultProxyCredentials,
            EnableMultipleHttp2Connections = model.EnableMultipleHttp2Connections,
            EnableMultipleHttp3Connections = model.EnableMultipleHttp3Connections,
            Expect100ContinueTimeout = model.Expect100ContinueTimeout,
            InitialHttp2StreamWindowSize = model.InitialHttp2StreamWindowSize,
            KeepAlivePingDelay = model.KeepAlivePingDelay,
            KeepAlivePingPolicy = model.KeepAlivePingPolicy,
            KeepAlivePingTimeout = model.KeepAlivePingTimeout,
            MaxAutomaticRedirections = model.MaxAutomaticRedirections,
            MaxConnectionsPerServer = model.MaxConnectionsPerServer,
            MaxResponseDrainSize = model.MaxResponseDrainSize,
            MaxResponseHeadersLength = model.MaxResponseHeadersLength,
            MeterFactory = model.MeterFactory,
            PlaintextStreamFilter = model.PlaintextStreamFilter,
            PooledConnectionIdleTimeout = model.PooledConnectionIdleTimeout,
            PooledConnectionLifetime = model.PooledConnectionLifetime,
            PreAuthenticate = model.PreAuthenticate,
            Proxy = model.Proxy,
            RequestHeaderEncodingSelector = model.RequestHeaderEncodingSelector,
            ResponseDrainTimeout = model.ResponseDrainTimeout,
            ResponseHeaderEncodingSelector = model.ResponseHeaderEncodingSelector,
            SslOptions = model.SslOptions,
            UseCookies = model.UseCookies,
            UseProxy = model.UseProxy,
        };
        if (model.UseCookies)
        {
            copy.CookieContainer = model.CookieContainer;
        }

        foreach (KeyValuePair<string, object?> property in model.Properties)
        {
            copy.Properties[property.Key] = property.Value;
        }

        return copy;
    }
}
