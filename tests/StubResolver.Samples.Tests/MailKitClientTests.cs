using ClientSamples;
using MimeKit;

namespace StubResolver.Samples.Tests;

public sealed class MailKitClientTests : SampleTestBase
{
    [Fact]
    public async Task SendAsync_NameOfALocalServer_DeliversTheMail()
    {
        LocalMailServer server = Own(await LocalMailServer.StartAsync());
        Dns.AddAddress("mail.test", "127.0.0.1");
        using CancellationTokenSource guard = new(Guard);
        using MimeMessage message = new(
            [new MailboxAddress("From", "from@sender.test")], [new MailboxAddress("To", "to@receiver.test")], "found", new TextPart { Text = "body" });

        await MailKitClient.SendAsync(Connector, "mail.test", server.Port, message, guard.Token);

        using MimeMessage received = await server.NextAsync(guard.Token);
        received.Subject.Should().Be("found");
        Count("mail.test", DnsRecordType.A).Should().BePositive();
    }
}
