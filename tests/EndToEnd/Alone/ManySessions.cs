using System.Globalization;
using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Alone;

public sealed class ManySessions
{
    private const int Sessions = 2_000;
    private const int PacketsInFlight = 200; // what the smallest receive buffer on the way holds for certain

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_thousand_sessions_set_up_fed_and_deleted_leave_nothing_behind(int workers)
    {
        await using LoneRelay relay = await StartAsync(workers);
        using LineControlClient control = Connect(relay);
        using var caller = new MediaSocket(Loopback.NextAddress());
        using var callee = new MediaSocket(Loopback.NextAddress());
        await control.AskAsync("V");
        int descriptors = relay.Daemon.Descriptors;

        // The second time with ports and sockets that were in use before, and everything deleted by one command.
        for (int round = 1; round <= 2; round++)
        {
            IReadOnlyList<IPEndPoint> facingCallee = await OpenAsync(control, "U", caller.Local);
            IReadOnlyList<IPEndPoint> facingCaller = await OpenAsync(control, "L", callee.Local);
            facingCallee.Concat(facingCaller).Distinct().Count().ShouldBe(2 * Sessions, "a port was given twice");
            (await relay.Daemon.SummaryAsync("active sessions")).ShouldBe(Sessions);

            await FeedAsync(caller, facingCaller, callee, facingCallee);
            await FeedAsync(callee, facingCallee, caller, facingCaller);

            IEnumerable<string> delete = round == 1
                ? Enumerable.Range(0, Sessions).Select(i => $"D many{i} from to")
                : ["X"];
            (await control.AskAllAsync(delete)).ShouldAllBe(reply => reply == "0");
            foreach (IPEndPoint rtp in facingCallee.Concat(facingCaller))
            {
                Loopback.IsFree(rtp).ShouldBeTrue($"{rtp} is still bound");
                Loopback.IsFree(new IPEndPoint(rtp.Address, rtp.Port + 1)).ShouldBeTrue($"the port above {rtp} is still bound");
            }

            (await relay.Daemon.SummaryAsync("active sessions")).ShouldBe(0);
            (await relay.Daemon.SummaryAsync("active streams")).ShouldBe(0);
            await relay.Daemon.DescriptorsFallToAsync(descriptors);
            (await relay.Daemon.CountersAsync("nsess_created", "nsess_destroyed", "nsess_complete", "npkts_relayed", "npkts_discard"))
                .ShouldBe([round * Sessions, round * Sessions, round * Sessions, round * Sessions * 2L, 0]);
        }
    }

    private static Task<LoneRelay> StartAsync(int workers)
    {
        string[] arguments = ["--workers", workers.ToString(CultureInfo.InvariantCulture), "-s", "cunix:kept.sock"];
        return LoneRelay.StartAsync("unix", arguments);
    }

    private static LineControlClient Connect(LoneRelay relay) =>
        new(new System.Net.Sockets.UnixDomainSocketEndPoint(relay.Directory["kept.sock"]));

    private static async Task<IReadOnlyList<IPEndPoint>> OpenAsync(LineControlClient control, string command, IPEndPoint remote)
    {
        IReadOnlyList<string> replies = await control.AskAllAsync(
            Enumerable.Range(0, Sessions).Select(i => $"{command} many{i} {remote.Address} {remote.Port} from to"));
        return [.. replies.Select(reply => IPEndPoint.Parse(string.Join(':', reply.Split(' ').Reverse())))];
    }

    /// <summary>One packet through each session; each arrives from that session's own port, unchanged.</summary>
    private static async Task FeedAsync(
        MediaSocket talker, IReadOnlyList<IPEndPoint> into, MediaSocket listener, IReadOnlyList<IPEndPoint> from)
    {
        for (int i = 0; i < Sessions; i++)
        {
            talker.Send(NumberedPacket.Rtp((uint)(i + 1), 1), into[i]);
            if (i % PacketsInFlight == PacketsInFlight - 1)
            {
                await listener.ReceiveAsync(i + 1);
            }
        }

        // Workers overtake one another, so the order between sessions is open.
        listener.Arrivals.Select(arrival => (arrival.Source, Convert.ToHexString(arrival.Datagram))).ShouldBe(
            Enumerable.Range(0, Sessions).Select(i => (from[i], Convert.ToHexString(NumberedPacket.Rtp((uint)(i + 1), 1)))),
            ignoreOrder: true);
        listener.Clear();
    }
}
