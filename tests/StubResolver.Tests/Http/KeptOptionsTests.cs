using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

/// <summary>Options that a handler connects with already, when something else is put in the place of its connector.</summary>
public sealed class KeptOptionsTests
{
    private static readonly PropertyInfo[] s_settings = typeof(DnsConnectorOptions).GetProperties(BindingFlags.Instance | BindingFlags.Public);
    private static readonly Action<Socket> s_configureSocket = _ => { };
    private static readonly FakeTimeProvider s_time = new();
    private readonly FakeDnsResolver _resolver = new FakeDnsResolver().AddAddress("service.test", IPAddress.Loopback);

    public static TheoryData<string> Settings => [.. s_settings.Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Over_OptionsThatAreNotSetAgain_Stay(string name)
    {
        PropertyInfo setting = s_settings.Single(setting => setting.Name == name);
        DnsConnectorOptions before = new();
        setting.SetValue(before, Other(name));

        setting.GetValue(new DnsConnectorOptions().Over(before)).Should().Be(Other(name)).And.NotBe(setting.GetValue(new DnsConnectorOptions()));
        setting.GetValue(before.Over(new DnsConnectorOptions())).Should().Be(Other(name), "it is set");
        setting.GetValue(before.Over(before)).Should().Be(Other(name), "what is set twice to the same is one");
    }

    [Fact]
    public void Over_OptionsThatAreSetAgain_AreTheLaterOnes()
    {
        DnsConnectorOptions before = new() { ConnectTimeout = TimeSpan.FromSeconds(1), PreferredFamily = AddressFamily.InterNetwork };

        DnsConnectorOptions options = new DnsConnectorOptions { ConnectTimeout = TimeSpan.FromSeconds(2) }.Over(before);

        (options.ConnectTimeout, options.PreferredFamily).Should().Be((TimeSpan.FromSeconds(2), AddressFamily.InterNetwork));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("twice, other options")]
    [InlineData("twice, other policy")]
    [InlineData("following")]
    [InlineData("following, other options")]
    [InlineData("following, other policy")]
    public async Task SendAsync_HandlerHadAPolicy_ItIsAsked(string then)
    {
        using HttpMessageInvoker client = new(Put(then, CreateWithPolicy));

        Func<Task> act = () => client.ReadAsync("http://service.test:9/");

        (await act.Should().ThrowAsync<HttpRequestException>()).WithInnerException<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotAllowed);
    }

    [Theory]
    [InlineData("twice, other policy")]
    [InlineData("following, other policy")]
    public async Task SendAsync_LaterPolicyRefuses_RefusesTooWhereTheFirstAllows(string then)
    {
        int asked = 0;
        using HttpMessageInvoker client = new(Put(
            then, () => new SocketsHttpHandler().UseDnsResolver(_resolver, new DnsConnectorOptions { AddressPolicy = _ => ++asked > 0 }), _ => false));

        Func<Task> act = () => client.ReadAsync("http://service.test:9/");

        (await act.Should().ThrowAsync<HttpRequestException>()).WithInnerException<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotAllowed);
        asked.Should().Be(1);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public async Task ConnectAsync_PoliciesAddedWithPlus_AllMustAllow(bool first, bool second, bool isConnected)
    {
        DnsConnectorOptions options = new() { AddressPolicy = _ => first };
        options.AddressPolicy += _ => second;
        DnsConnector connector = new(_resolver, options, (_, _) => new ValueTask<Socket>(new Socket(SocketType.Stream, ProtocolType.Tcp)));

        Func<Task> act = async () => (await connector.ConnectAsync("service.test", 443)).Dispose();

        if (isConnected)
        {
            await act.Should().NotThrowAsync();
        }
        else
        {
            (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotAllowed);
        }
    }

    private static object Other(string name) => name switch
    {
        nameof(DnsConnectorOptions.ConnectionAttemptDelay) => TimeSpan.FromMilliseconds(77),
        nameof(DnsConnectorOptions.ConnectTimeout) => TimeSpan.FromSeconds(7),
        nameof(DnsConnectorOptions.PreferredFamily) => AddressFamily.InterNetwork,
        nameof(DnsConnectorOptions.ConfigureSocket) => s_configureSocket,
        nameof(DnsConnectorOptions.AddressPolicy) => DnsAddressPolicy.PublicOnly,
        nameof(DnsConnectorOptions.TimeProvider) => s_time,
        nameof(DnsConnectorOptions.LoggerFactory) => NullLoggerFactory.Instance,
        _ => throw new NotSupportedException($"{name} is new: let {nameof(DnsConnectorOptions.Over)} keep it, and give it a value here."),
    };

    private HttpMessageHandler Put(string then, Func<SocketsHttpHandler> create, Func<DnsConnectionTarget, bool>? policy = null)
    {
        DnsConnectorOptions? options = then.Split(", ") switch
        {
            [_, "other options"] => new DnsConnectorOptions { ConnectTimeout = TimeSpan.FromMinutes(1) },
            [_, "other policy"] => new DnsConnectorOptions { AddressPolicy = policy ?? (_ => true) },
            _ => null,
        };
        return then.StartsWith("twice", StringComparison.Ordinal)
            ? create().UseDnsResolver(_resolver, options)
            : new DnsFollowingHandler(_resolver, create, options);
    }

    private SocketsHttpHandler CreateWithPolicy() =>
        new SocketsHttpHandler().UseDnsResolver(_resolver, new DnsConnectorOptions { AddressPolicy = DnsAddressPolicy.PublicOnly });
}
