using System.Collections.Concurrent;
using System.Net;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Library;

/// <summary>The library for .NET programs with relays that are processes, and media that is heard.</summary>
public sealed class LibraryCalls
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("udp")]
    [InlineData("unix")]
    [InlineData("cunix")]
    public async Task A_call_is_heard_copied_recorded_counted_and_over(string controlKind)
    {
        using var directory = new WorkDirectory();
        await using RelayDaemon daemon = await RelayDaemon.StartAsync("relay", controlKind, directory, "-r", directory.CreateDirectory("records"));
        await using var relays = new RelaySets([RelaySetDefinition.Parse(daemon.Socket.Argument)]);
        var media = new RtpProxyController(relays);
        using var call = new LibraryCall(media, "library-1");
        await call.OfferAsync();
        await call.AnswerAsync();
        await call.TalkAsync();

        using var third = new RtpPhone(IPAddress.Loopback);
        ShouldBeDone(await media.CopyAsync(call.Call, MediaParty.From, third.Rtp.Local, Stop));
        await call.TalkAsync();
        await third.Rtp.ReceiveAsync(1);
        NumberedPacket.TryReadRtp(third.Rtp.Arrivals[0].Datagram, out uint ssrc, out _).ShouldBeTrue();
        ssrc.ShouldBe(call.Caller.Ssrc);
        ShouldBeDone(await media.StopRecordingAsync(call.Call, MediaParty.From, Stop));

        ShouldBeDone(await media.RecordAsync(call.Call, MediaParty.To, Stop));
        await call.TalkAsync();
        Directory.GetFiles(directory["records"]).ShouldNotBeEmpty();
        CallResult prompt = await media.PlayAsync(call.Call, MediaParty.From, "no-such-prompt", cancellationToken: Stop);
        (prompt.Outcome, prompt.ErrorNumber).ShouldBe((MediaOutcome.Failed, 60));

        StatisticsResult counted = await media.QueryAsync(call.Call, Stop);
        counted.Counters!.PacketsFromFromParty.ShouldBe((ulong)call.Caller.PacketsSent);
        counted.Counters.PacketsFromToParty.ShouldBe((ulong)call.Callee.PacketsSent);
        ShouldBeDone(await media.DeleteAsync(call.Call, Stop));
        await using var client = new RelayClient(RelayAddress.Parse(daemon.Socket.Argument));
        (await client.SummaryAsync(Stop)).Value!.ActiveSessions.ShouldBe(0);
    }

    [Fact]
    public async Task A_relay_that_is_killed_costs_the_call_nothing_but_a_move_and_is_used_again_when_it_is_back()
    {
        using var directory = new WorkDirectory();
        await using RelayDaemon first = await RelayDaemon.StartAsync("first", "udp", directory);
        await using RelayDaemon second = await RelayDaemon.StartAsync("second", "udp", directory);
        var options = new RelaySetsOptions { DisableTime = TimeSpan.FromMilliseconds(100) };
        await using var relays = new RelaySets([RelaySetDefinition.Parse($"{first.Socket.Argument} {second.Socket.Argument}")], options);
        var told = new ConcurrentQueue<string>();
        await relays.ProbeAllAsync(Stop);
        relays.NodeDown += (_, node) => told.Enqueue($"down {node.Url}: {node.Reason}");
        relays.NodeUp += (_, node) => told.Enqueue($"up {node.Url}");
        var media = new RtpProxyController(relays);

        using var call = new LibraryCall(media, await CallIdOnAsync(first, relays, "doomed"));
        (await call.OfferAsync()).ShouldBe(first.Socket.Argument);
        await first.SignalAsync("KILL");
        await first.EndAsync();
        (await call.AnswerAsync()).ShouldBe(second.Socket.Argument);
        told.ShouldHaveSingleItem().ShouldStartWith($"down {first.Socket.Argument}: nothing listens there");

        // The next offer tells the callee where the call is now.
        await call.OfferAsync();
        await call.AnswerAsync();
        await call.TalkAsync();

        await using RelayDaemon? again = await RelayDaemon.TryStartAsync("again", first.Address, first.Socket, directory);
        again.ShouldNotBeNull();
        await Eventually.TrueAsync(
            async () =>
            {
                await relays.ProbeDueAsync(Stop);
                return told.Contains($"up {first.Socket.Argument}");
            },
            () => string.Join('\n', told));
        using var next = new LibraryCall(media, await CallIdOnAsync(first, relays, "next"));
        (await next.OfferAsync()).ShouldBe(first.Socket.Argument);
        await next.AnswerAsync();
        await next.TalkAsync();
    }

    // The Call-ID chooses the relay.
    private static async Task<string> CallIdOnAsync(RelayDaemon daemon, RelaySets relays, string name)
    {
        for (int i = 0; ; i++)
        {
            IRelay? relay = await relays.SelectAsync($"{name}-{i}", 0, Stop);
            if (relay?.Name == daemon.Socket.Argument)
            {
                return $"{name}-{i}";
            }
        }
    }

    private static void ShouldBeDone(CallResult result) => result.IsDone.ShouldBeTrue(result.Reason);
}
