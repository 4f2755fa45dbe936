using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Text;
using StubResolver.Extensions.HttpClients;

namespace StubResolver.Extensions.Tests.HttpClients;

public class SocketsHttpHandlerSettingsTests
{
    // Without cookies there is no container to copy: that is a test of its own.
    private static readonly PropertyInfo[] s_settings =
    [
        .. typeof(SocketsHttpHandler).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property =>
            property.CanWrite && property.Name is not nameof(SocketsHttpHandler.UseCookies)),
    ];

    [Fact]
    public void CopyOf_EverySettingChanged_HasThemAll()
    {
        using SocketsHttpHandler plain = new();
        using SocketsHttpHandler model = new();
        foreach (PropertyInfo setting in s_settings)
        {
            setting.SetValue(model, Other(setting, setting.GetValue(plain)));
        }

        using SocketsHttpHandler copy = SocketsHttpHandlerSettings.CopyOf(model);

        s_settings.Where(setting => Equals(setting.GetValue(model), setting.GetValue(plain))).Should().BeEmpty("all were changed");
        s_settings.Where(setting => !Equals(setting.GetValue(copy), setting.GetValue(model))).Should().BeEmpty("all are copied");
    }

    [Fact]
    public void CopyOf_WithoutCookies_StaysWithoutThem()
    {
        using SocketsHttpHandler model = new() { UseCookies = false };
        model.Properties["key"] = "value";

        using SocketsHttpHandler copy = SocketsHttpHandlerSettings.CopyOf(model);

        copy.UseCookies.Should().BeFalse();
        copy.Properties.Should().Equal(model.Properties);
    }

    private static object? Other(PropertyInfo setting, object? value) => (setting.Name, value) switch
    {
        (_, bool flag) => !flag,
        (_, int number) => number == int.MaxValue ? 7 : number + 1,
        (_, TimeSpan) => TimeSpan.FromSeconds(77),
        (_, DecompressionMethods) => DecompressionMethods.GZip,
        (_, HttpKeepAlivePingPolicy) => HttpKeepAlivePingPolicy.WithActiveRequests,
        (nameof(SocketsHttpHandler.Credentials) or nameof(SocketsHttpHandler.DefaultProxyCredentials), _) => new NetworkCredential("user", "password"),
        (nameof(SocketsHttpHandler.CookieContainer), _) => new CookieContainer(),
        (nameof(SocketsHttpHandler.Proxy), _) => new WebProxy("http://proxy.example"),
        (nameof(SocketsHttpHandler.SslOptions), _) => new SslClientAuthenticationOptions(),
        (nameof(SocketsHttpHandler.MeterFactory), _) => new OwnMeterFactory(),
        (nameof(SocketsHttpHandler.ActivityHeadersPropagator), _) => System.Diagnostics.DistributedContextPropagator.CreateNoOutputPropagator(),
        (nameof(SocketsHttpHandler.ConnectCallback), _) =>
            (Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>)((_, _) => new ValueTask<Stream>(Stream.Null)),
        (nameof(SocketsHttpHandler.PlaintextStreamFilter), _) =>
            (Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>)((context, _) => new ValueTask<Stream>(context.PlaintextStream)),
        (_, _) when setting.PropertyType == typeof(HeaderEncodingSelector<HttpRequestMessage>) =>
            (HeaderEncodingSelector<HttpRequestMessage>)((_, _) => Encoding.UTF8),
        _ => throw new NotSupportedException($"{setting.Name} is new: let handlers that are copied have it, and give it a value here."),
    };

    private sealed class OwnMeterFactory : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
