using System.Net;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>People who know a port of a call, but are not in it (media rules, section 2; CVE-2017-14114).</summary>
public sealed class Strangers
{
    [Fact]
    public async Task A_stranger_can_neither_speak_into_an_established_call_nor_hear_it()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new RtpPhone(Loopback.NextAddress());
        await call.ExchangeAsync();
        for (int i = 0; i < 20; i++)
        {
            InjectEverywhere(stranger, call);
            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        stranger.ShouldHaveReceivedNothing();
        (await relay.Daemon.CounterAsync("npkts_discard")).ShouldBeGreaterThanOrEqualTo(20 * 4);
        await call.DeleteAsync();
        await relay.NothingShouldBeLeftAsync();
    }

    [Fact]
    public async Task A_repeated_offer_or_answer_opens_no_window_for_a_stranger()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new RtpPhone(Loopback.NextAddress());
        await call.ExchangeAsync();
        for (int i = 0; i < 5; i++)
        {
            IPEndPoint facingCaller = call.FacingCaller;
            await call.OfferAsync();
            await call.AnswerAsync();
            call.FacingCaller.ShouldBe(facingCaller);
            InjectEverywhere(stranger, call);
            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        stranger.ShouldHaveReceivedNothing();
    }

    [Fact]
    public async Task A_stranger_with_the_ssrc_of_the_stream_but_not_its_next_packet_stays_a_stranger()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new RtpPhone(Loopback.NextAddress());
        await call.ExchangeAsync();
        foreach (ushort distance in (ushort[])[0, 0x8000, 5_000, 0xFFF0])
        {
            ushort sequence = (ushort)(call.Caller.FirstSequence + distance);
            stranger.Rtp.Send(NumberedPacket.Rtp(call.Caller.Ssrc, sequence), call.FacingCaller);
            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        stranger.ShouldHaveReceivedNothing();
    }

    [Fact]
    public async Task A_stranger_who_was_first_loses_the_stream_to_the_party_that_was_signalled()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new RtpPhone(Loopback.NextAddress());
        InjectEverywhere(stranger, call);
        call.Caller.SendPacket();
        call.Callee.SendPacket();

        // Somebody behind a NAT would be found this way. Once the relay has read a packet of the party itself, that is over.
        await Eventually.TrueAsync(
            async () => await relay.Daemon.CounterAsync("npkts_rcvd") == 6, () => "the relay did not read six datagrams");
        stranger.Rtp.Clear();
        stranger.Rtcp.Clear();
        call.Caller.Rtp.Clear();
        call.Callee.Rtp.Clear();
        for (int i = 1; i <= 10; i++)
        {
            InjectEverywhere(stranger, call);
            call.Caller.SendPacket();
            call.Callee.SendPacket();
            await call.Callee.Rtp.ReceiveAsync(i);
            await call.Caller.Rtp.ReceiveAsync(i);
        }

        call.Callee.ShouldHaveReceived(PacketsAfterFirst(call.Caller, 10), call.FacingCallee);
        call.Caller.ShouldHaveReceived(PacketsAfterFirst(call.Callee, 10), call.FacingCaller);
        stranger.ShouldHaveReceivedNothing();
    }

    [Fact]
    public async Task A_phone_that_moves_takes_its_stream_along_and_leaves_none_for_a_stranger()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync();
        using LoneCall call = await relay.CallAsync();
        using var stranger = new RtpPhone(Loopback.NextAddress());
        using var moved = new MediaSocket(call.Caller.Rtp.Local.Address);
        await call.ExchangeAsync();
        await call.ExchangeAsync();

        // The same stream goes on from another port of the same address.
        for (int i = 0; i < 5; i++)
        {
            moved.Send(
                NumberedPacket.Rtp(call.Caller.Ssrc, (ushort)(call.Caller.FirstSequence + 2 + i)), call.FacingCaller);
            InjectEverywhere(stranger, call);
            await call.Callee.Rtp.ReceiveAsync(3 + i);
            call.Callee.SendPacket();
            await moved.ReceiveAsync(1 + i);
        }

        call.Callee.Rtp.Arrivals.Count.ShouldBe(7);
        call.Caller.Rtp.Arrivals.Count.ShouldBe(2);
        stranger.ShouldHaveReceivedNothing();
    }

    /// <summary>The stranger speaks RTP of its own and RTCP to every port of the call.</summary>
    private static void InjectEverywhere(RtpPhone stranger, LoneCall call)
    {
        foreach (IPEndPoint port in (IPEndPoint[])[call.FacingCaller, call.FacingCallee])
        {
            stranger.Remote = port;
            stranger.SendPacket();
            stranger.SendReport();
        }
    }

    private static byte[][] PacketsAfterFirst(RtpPhone talker, int count) =>
        [.. Enumerable.Range(1, count).Select(i => NumberedPacket.Rtp(talker.Ssrc, (ushort)(talker.FirstSequence + i)))];
}
