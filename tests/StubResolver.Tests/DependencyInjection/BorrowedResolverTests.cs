using System.Reflection;
using StubResolver.DependencyInjection;
using StubResolver.Testing;

namespace StubResolver.Tests.DependencyInjection;

public class BorrowedResolverTests
{
    [Theory]
    [InlineData(typeof(DnsResolver))]
    [InlineData(typeof(BorrowedResolver))]
    [InlineData(typeof(FakeDnsResolver))]
    public void Resolver_MembersOfTheInterface_AreAllItsOwn(Type type)
    {
        MethodInfo[] members = type.GetInterfaceMap(typeof(IDnsResolver)).TargetMethods;

        members.Where(member => member.DeclaringType != type).Should().BeEmpty("a default implementation would know less");
    }

    [Fact]
    public void Resolver_IsNotDisposable() => typeof(BorrowedResolver).Should().NotImplement<IDisposable>().And.NotImplement<IAsyncDisposable>();

    [Fact]
    public async Task Resolver_CallsTheOther()
    {
        await using DnsTestServer server = DnsTestServer.Start().AddRecord(new DnsTxtRecord("name.test", TimeSpan.FromMinutes(1), ["text"]));
        DnsResolverOptions options = new() { Servers = [server.EndPoint], UseSearchList = false };
        await using DnsResolver resolver = new(options);
        IDnsResolver borrowed = new BorrowedResolver(resolver);

        DnsAnswer<DnsTxtRecord> answer = await borrowed.ResolveTxtAsync("name.test");

        (await resolver.ResolveTxtAsync("name.test")).Should().BeSameAs(answer);
    }
}
