using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>
/// Rows of docs/security.md on real sockets and in real time: who is heard, and who gets the other party's packets. The figures
/// are packets of a hundred, with room for a machine that has other things to do; what is not wanted costs all of them.
/// </summary>
public sealed class WhosePacketsTests : IAsyncLifetime
{
    private const string PartyHost = "127.0.0.10";
    private const string Elsewhere = "127.0.0.30";
    private const string Mallory = "127.0.0.66";
    private const int Nearly = 80; // of 100, where 300 ms may pass: 15 packets, and some for the machine

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

        _call.Party.Received.ShouldBeGreaterThan(Nearly);
        _call.HeardOf(_call.Party).ShouldBeGreaterThan(95);
    }

    [Theory]
    [InlineData("a repetition")]
    [InlineData("hold and resume")]
    [InlineData("a new port")]
    [InlineData("a private address")]
    public async Task A_party_that_changes_its_port_and_SSRC_after_a_command_is_heard_at_once(string command)
    {
        await _call.TalkAsync(50, _call.Party);
        if (command == "hold and resume")
        {
            await PortAsync($"U c 0.0.0.0 {_call.Party.Port} alice");
            await _call.TalkAsync(50);
        }

        await PortAsync(command switch
        {
            "a new port" => $"U c {PartyHost} 9 alice",
            "a private address" => "U c 10.1.2.3 4000 alice",
            _ => $"U c {_call.Party.Address} alice",
        });
        using var moved = new PacedPhone(PartyHost);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThan(Nearly);
        moved.Received.ShouldBeGreaterThan(Nearly);
    }

    [Fact]
    public async Task A_party_in_another_network_is_heard_after_a_private_address()
    {
        await _call.TalkAsync(50, _call.Party);
        await PortAsync("U c 192.168.7.7 4000 alice");
        using var moved = new PacedPhone(Elsewhere);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThan(Nearly - 10);
        moved.Received.ShouldBeGreaterThan(Nearly - 10);
    }

    [Fact]
    public async Task A_stream_goes_on_from_another_network()
    {
        await _call.TalkAsync(75, _call.Party);
        using var moved = new PacedPhone(Elsewhere, _call.Party);

        await _call.TalkAsync(100, moved);

        _call.HeardOf(moved).ShouldBeGreaterThan(90);
        moved.Received.ShouldBeGreaterThan(90);
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

        second.Received.ShouldBeGreaterThan(Nearly - 30, "at most a second");
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

    private async Task<int> PortAsync(string command)
    {
        string reply = await _control.AskAsync(command);
        int.TryParse(reply.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            .ShouldBeTrue($"{command}: {reply}");
        return port;
    }
}
