using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Commands;

/// <summary>Whatever a command asks for and does not get although it succeeds is told in the journal, with what and why.</summary>
public sealed class LeftOut
{
    [Theory]
    [InlineData("U call 192.0.2.10 4000 f /run/other.sock tag", "notification socket '/run/other.sock' is not permitted")]
    [InlineData("U call 192.0.2.10 4000 f t tcp:192.0.2.1:9 tag", "notification socket 'tcp:192.0.2.1:9' is not permitted")]
    [InlineData("U call 192.0.2.10 4000 f t /run/n.sock", "notification socket '/run/n.sock' is not permitted or has no tag")]
    [InlineData("U call 192.0.2.10 4000 f /run/other.sock;tag", "notification socket '/run/other.sock;tag' is not permitted or has no tag")]
    [InlineData("U call 0 0 f", "no IPv4 address has the length of '0'")]
    [InlineData("U call 2001:db8:0:0:0:0:0:1 4000 f", "no IPv4 address has the length of '2001:db8:0:0:0:0:0:1'")]
    [InlineData("L call x 4000 f t", "no IPv4 address has the length of 'x'")]
    [InlineData("U call 192.0.2.10 4000 f t && L x 4000", "no IPv4 address has the length of 'x'")]
    [InlineData("Uc0,300,8 call 192.0.2.10 4000 f", "not all of the codecs '0,300,8' are payload types")]
    [InlineData("Uc0,,8 call 192.0.2.10 4000 f", "not all of the codecs '0,,8' are payload types")]
    [InlineData("Ul192.0.2.77 call 192.0.2.10 4000 f", "stays on 127.0.0.1: without n another address, 192.0.2.77")]
    [InlineData("Uie call 192.0.2.10 4000 f", "stays on 127.0.0.1: without n another address, 192.0.2.2")]
    [InlineData("Lie call 192.0.2.10 4000 f t", "stays on 127.0.0.1: without n another address, 192.0.2.2")]
    [InlineData("Rs call f", "one file for both parties needs -P")]
    [InlineData("Cs call name f", "one file for both parties needs -P")]
    [InlineData("C call udp:192.0.2.9:9000 t f", "recorded or copied already: nothing goes to 'udp:192.0.2.9:9000'")]
    [InlineData("C call name t f", "recorded or copied already: nothing goes to 'name'")]
    [InlineData("Dw call f", "not deleted, the session is still held by the strong flag")]
    [InlineData("U call 192.0.2.10 4000 f t && C nocall a b", "sub-command failed: no other session has the tags")]
    [InlineData("U call 192.0.2.10 4000 f t && D && S tos=8", "sub-command failed: the session is deleted")]
    public void It_is_told(string command, string line)
    {
        VirtualRelay relay = Relay("/run/n.sock");
        relay.Command(command).ShouldNotStartWith("E");

        relay.Events.Lines.ShouldContain(l => l.StartsWith("call left out: ") && l.Contains(line));
    }

    [Fact]
    public void A_refused_notification_and_a_missing_directory_are_told_too()
    {
        VirtualRelay relay = Relay();
        relay.Recordings.IsConfigured = false;

        relay.Command("U call 192.0.2.10 4000 f /run/n.sock tag").ShouldBe("E75");
        relay.Command("R call f").ShouldBe("E50");

        relay.Events.Lines.ShouldContain(l => l.StartsWith("call left out: a timeout shall be notified, but no -n"));
        relay.Events.Lines.ShouldContain(l => l.StartsWith("call no recording: directory"));
    }

    [Theory]
    [InlineData("U call 192.0.2.10 4000 f /run/n.sock tag")]
    [InlineData("Uc0,8,127 call 192.0.2.10 4000 f t")]
    [InlineData("U call 0.0.0.0 4000 f t")]
    [InlineData("Ul127.0.0.1 call 192.0.2.10 4000 f t")]
    [InlineData("Unl192.0.2.77 call 192.0.2.10 4000 f t")]
    [InlineData("Unie call 192.0.2.10 4000 f t")]
    [InlineData("Uei call 192.0.2.10 4000 f t")]
    [InlineData("R call f")]
    [InlineData("D call f")]
    [InlineData("Q call f && S ttl=5")]
    public void Where_nothing_is_left_out_nothing_is_told(string command)
    {
        VirtualRelay relay = Relay("/run/n.sock");
        relay.Command(command);

        relay.Events.Lines.ShouldNotContain(l => l.Contains("left out"));
    }

    private static VirtualRelay Relay(params string[] permitted)
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Notices = new VirtualNotices(permitted),
            Addresses = new VirtualAddressBook(
                new LocalAddress(IPAddress.Loopback), new LocalAddress(IPAddress.Parse("192.0.2.2")))
            {
                IsBridging = true,
            },
        });
        relay.Command("U call 192.0.2.10 4000 f");
        relay.Command("R call t f").ShouldBe("0");
        return relay;
    }
}
