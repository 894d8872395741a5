using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>Notification sockets as controllers write them, rightly and not (control protocol, section 3.6).</summary>
public sealed class NotifyForms
{
    [Theory]
    [InlineData("tcp:127.0.0.1:9000")]
    [InlineData("unix:/run/n.sock")]
    [InlineData("/run/n.sock")]
    [InlineData("tcp:%%CC_SELF%%:9000")]
    [InlineData("http://127.0.0.1:8000/RPC2")]
    [InlineData("tcp:127.0.0.1:1%")]
    public void A_socket_without_a_tag_asks_for_no_notification(string socket)
    {
        foreach (VirtualRelay relay in (VirtualRelay[])[Relay(), Relay(socket), Relay("/run/other.sock")])
        {
            int first = relay.Port("U call 192.0.2.10 40000 f;1");
            int second = relay.Port("L call 198.51.100.20 50000 f;1 t;1");

            relay.Port($"U call 192.0.2.10 40000 f;1 t;1 {socket}").ShouldBe(first);
            relay.Port($"U call 198.51.100.20 50000 t;1 f;1 {socket}").ShouldBe(second);
            relay.Port($"U new 192.0.2.10 40000 f;1 t;1 {socket} && L 198.51.100.20 50000");

            relay.AdvanceSeconds(70);
            relay.SessionCount.ShouldBe(0);
            relay.Notices.Posted.ShouldBeEmpty();
        }
    }

    [Fact]
    public void It_cancels_an_earlier_one_like_every_update_without_a_pair()
    {
        VirtualRelay relay = Relay("/run/n.sock");
        relay.Port("U call 192.0.2.10 40000 f t /run/n.sock tag");
        relay.Port("U call 192.0.2.10 40000 f t /run/n.sock");
        relay.AdvanceSeconds(70);

        relay.Notices.Posted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("n.sock", "/tag")]
    [InlineData("n.sock", "unix:tag")]
    [InlineData("/run/n.sock", "/tag")]
    [InlineData("unix:/run/n.sock", "tcp:tag")]
    [InlineData("/run/n.sock", "tag")]
    [InlineData("n.sock", "tag")]
    public void A_pair_whose_socket_is_permitted_is_a_pair_whatever_its_tag_looks_like(string socket, string tag)
    {
        VirtualRelay relay = Relay(socket);
        relay.Port($"U call 192.0.2.10 40000 f {socket} {tag}");
        relay.AdvanceSeconds(70);

        relay.Notices.Posted.ShouldBe([(socket, $"{tag}\n")]);
    }

    [Theory]
    [InlineData("U call 192.0.2.10 40000 f /run/n.sock tag")]
    [InlineData("U call 192.0.2.10 40000 f /run/n.sock /tag")]
    [InlineData("U call 192.0.2.10 40000 f t /run/n.sock tag")]
    [InlineData("U call 192.0.2.10 40000 f t;1 tcp:127.0.0.1:9000 tcp:127.0.0.1:9000")]
    [InlineData("U call 192.0.2.10 40000 f n.sock tag")]
    public void A_pair_without_any_n_is_still_an_error(string command) => Relay().Command(command).ShouldBe("E75");

    [Theory]
    [InlineData("tcp:127.0.0.1:9000", "tcp:127.0.0.1:9000;tag", "tag")]
    [InlineData("/run/n.sock", "/run/n.sock;a;b%20c", "a;b c")]
    public void A_socket_and_tag_joined_by_a_semicolon_are_a_pair_where_the_socket_is_permitted(
        string socket, string joined, string tag)
    {
        VirtualRelay relay = Relay(socket);
        relay.Port($"U call 192.0.2.10 40000 f;1 {joined}");
        relay.AdvanceSeconds(70);
        relay.Notices.Posted.ShouldBe([(socket, $"{tag}\n")]);

        VirtualRelay another = Relay();
        another.Port($"U call 192.0.2.10 40000 f;1 {joined}").ShouldBeGreaterThan(0);
        another.AdvanceSeconds(70);
        another.Notices.Posted.ShouldBeEmpty();
    }

    private static VirtualRelay Relay(params string[] permitted) =>
        new(new VirtualRelayOptions { Notices = new VirtualNotices(permitted) });
}
