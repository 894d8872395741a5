using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>
/// Rows of docs/security.md on real sockets and in real time: who is heard, and who gets the other party's packets. The figures
/// are packets, not times: both parties send at the pace of this process, so a machine that has other things to do slows the
/// evidence and what waits for it alike. Some packets of room are for pauses, which the relay measures in time.
/// </summary>
public sealed class WhosePacketsTests : IAsyncLifetime
{
    private const string PartyHost = "127.0.0.10";
    private const string Elsewhere = "127.0.0.30";
    private const string Mallory = "127.0.0.66";
    private const int Nearly = 90; // of 100: five packets are evidence, and a pause may be as long as five more

    private DaemonProcess _daemon = null!;
    private ControlClient _control = null!;
    private PacedCall _call = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await DaemonProcess.StartAsync(new DaemonSettings { LogLevel = "warn", Options = ["-l", "127.0.0.1"] });
        _control = await _daemon.ConnectAsync();
        _call = new PacedCall(
            PartyHost,
            async () => long.Parse(await _control.AskAsync("G npkts_rcvd"), CultureInfo.InvariantCulture));
        _call.PortForOther = await PortAsync($"U c {_call.Party.Address} alice");
        _call.PortForParty = await PortAsync($"L c {_call.Other.Address} alice bob");
    }

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _control.DisposeAsync();
        await _daemon.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.99 4000")]
    [InlineData("10.1.2.3 4000")]
    [InlineData(PartyHost + " 9")]
    public async Task A_party_that_goes_on_after_a_wrong_description_hears_at_once(string described)
    {
        await _call.TalkAsync(50, _call.Party);
        await PortAsync($"U c {described} alice");

        await _call.TalkAsync(100, _call.Party);

        _call.Party.Received.ShouldBeGreaterThanOrEqualTo(94, "120 ms");
        _call.HeardOf(_call.Party).ShouldBe(150);
    }

    [Theory]
    [InlineData("a repetition")]
    [InlineData("hold and resume")]
    [InlineData("a new port")]
    [InlineData("a private address")]
    [InlineData("hold and a new private address")]
    public async Task A_party_that_changes_its_port_and_SSRC_after_a_command_is_heard_at_once(string command)
    {
        await _call.TalkAsync(50, _call.Party);
        if (command.StartsWith("hold", StringComparison.Ordinal))
        {
            await PortAsync($"U c 0.0.0.0 {_call.Party.Port} alice");
            await _call.TalkAsync(50);
        }

        await PortAsync(command switch
        {
            "a new port" => $"U c {PartyHost} 9 alice",
            "a private address" or "hold and a new private address" => "U c 10.1.2.3 4000 alice",
            _ => $"U c {_call.Party.Address} alice",
        });
        using var moved = new PacedPhone(PartyHost);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThanOrEqualTo(Nearly);
        moved.Received.ShouldBeGreaterThanOrEqualTo(Nearly);
    }

    [Fact]
    public async Task A_party_in_another_network_is_heard_after_a_private_address()
    {
        await _call.TalkAsync(50, _call.Party);
        await PortAsync("U c 192.168.7.7 4000 alice");
        using var moved = new PacedPhone(Elsewhere);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThanOrEqualTo(Nearly);
        moved.Received.ShouldBeGreaterThanOrEqualTo(Nearly);
    }

    [Fact]
    public async Task A_stream_goes_on_from_another_network()
    {
        await _call.TalkAsync(75, _call.Party);
        using var moved = new PacedPhone(Elsewhere, _call.Party);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThanOrEqualTo(95);
        moved.Received.ShouldBeGreaterThanOrEqualTo(95);
    }

    [Fact]
    public async Task The_phone_that_answers_a_forked_call_is_heard_and_the_other_one_hears_nothing_more()
    {
        await _call.TalkAsync(10, _call.Party);
        await _call.TalkFromOtherAsync(50); // early media of the first branch
        await PortAsync($"L c {PacedCall.OtherHost} 9 alice bob2");
        _call.Other.Forget();
        using var second = new PacedPhone(PacedCall.OtherHost);

        await _call.TalkAsync(100, _call.Party, secondBranch: second, firstBranchPackets: 40);

        second.Received.ShouldBeGreaterThanOrEqualTo(Nearly, "though the first branch goes on");
        _call.Other.Received.ShouldBe(0);
    }

    [Fact]
    public async Task A_fax_at_the_address_that_was_signalled_loses_nothing()
    {
        await _call.TalkAsync(50, _call.Party);
        using var fax = new PacedPhone(PartyHost) { IsFax = true };
        await PortAsync($"U c {fax.Address} alice");

        await _call.TalkAsync(50, fax);

        _call.HeardFaxes.ShouldBe(50);
    }

    [Fact]
    public async Task A_fax_through_a_NAT_is_heard_at_once()
    {
        await _call.TalkAsync(50, _call.Party);
        using var fax = new PacedPhone(PartyHost) { IsFax = true };
        await PortAsync($"U c {PartyHost} 9 alice");

        await _call.TalkAsync(50, fax);

        _call.HeardFaxes.ShouldBeGreaterThanOrEqualTo(40, "200 ms");
    }

    [Fact]
    public async Task A_phone_behind_a_NAT_is_heard_although_a_scanner_came_first()
    {
        await SignalAnewAsync("10.1.2.3 4000");
        using var mallory = new PacedPhone(Mallory);
        await _call.TalkAsync(3, mallory);
        using var phone = new PacedPhone(Elsewhere);

        await _call.TalkAsync(100, phone);

        _call.HeardOf(phone).ShouldBeGreaterThanOrEqualTo(Nearly);
        phone.Received.ShouldBeGreaterThanOrEqualTo(Nearly);
    }

    [Fact]
    public async Task A_stranger_gets_nothing_while_a_party_with_a_public_address_is_silent_from_the_start()
    {
        await SignalAnewAsync("192.0.2.10 4000");
        using var mallory = new PacedPhone(Mallory);

        await _call.TalkAsync(50, mallory);

        mallory.Received.ShouldBe(0);
        _call.HeardOf(mallory).ShouldBe(0);
    }

    [Fact]
    public async Task A_spray_over_the_ports_before_the_parties_speak_gets_nothing()
    {
        PacedPhone[] spray = [.. Enumerable.Range(0, 20).Select(_ => new PacedPhone(Mallory))];
        await _call.TalkAsync(5, spray);

        spray.ShouldAllBe(s => s.Received == 0);
        spray.ShouldAllBe(s => _call.HeardOf(s) == 0);
        Array.ForEach(spray, s => s.Dispose());
        await _call.TalkAsync(10, _call.Party);
        _call.HeardOf(_call.Party).ShouldBe(10);
    }

    [Fact]
    public async Task A_stranger_gets_nothing_while_the_party_is_silent_from_the_start()
    {
        using var mallory = new PacedPhone(Mallory);

        await _call.TalkAsync(50, mallory);

        mallory.Received.ShouldBe(0);
        _call.HeardOf(mallory).ShouldBe(0);
        await _call.TalkAsync(10, _call.Party);
        _call.HeardOf(_call.Party).ShouldBe(10);
    }

    [Fact]
    public async Task A_stranger_gets_nothing_while_the_host_of_a_re_INVITE_is_silent()
    {
        await _call.TalkAsync(50, _call.Party);
        await PortAsync("U c 127.0.0.40 4000 alice");
        using var mallory = new PacedPhone(Mallory);

        await _call.TalkAsync(150, mallory);

        mallory.Received.ShouldBe(0);
        _call.HeardOf(mallory).ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_begun_under_the_address_of_the_party_is_not_carried_on_elsewhere()
    {
        await _call.TalkAsync(75, _call.Party);
        using var forged = new PacedPhone(_call.Party, ssrc: 666);
        await _call.TalkAsync(25, forged);
        using var mallory = new PacedPhone(Mallory, forged);

        await _call.TalkAsync(50, mallory);

        mallory.Received.ShouldBe(0);
        await _call.TalkAsync(10, _call.Party);
        _call.HeardOf(_call.Party).ShouldBe(85);
    }

    /// <summary>Another call, whose party shows an address where no phone of the test can be.</summary>
    private async Task SignalAnewAsync(string address)
    {
        _call.PortForOther = await PortAsync($"U d {address} alice");
        _call.PortForParty = await PortAsync($"L d {_call.Other.Address} alice bob");
    }

    private async Task<int> PortAsync(string command)
    {
        string reply = await _control.AskAsync(command);
        int.TryParse(reply.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            .ShouldBeTrue($"{command}: {reply}");
        return port;
    }
}
