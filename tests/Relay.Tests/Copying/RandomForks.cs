using System.Globalization;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Copying;

/// <summary>
/// Forks begun, replaced and ended from either side, in any order and beyond what is allowed, each judged by a second statement
/// of the rules: who carries what, and who hears whom.
/// </summary>
public sealed class RandomForks
{
    private const int Steps = 300;
    private const int Sources = 2;
    private const int Targets = 12;
    private const int MaxForks = 8;

    public static TheoryData<int, int> Runs()
    {
        var runs = new TheoryData<int, int>();
        for (int seed = 1; seed <= 6; seed++)
        {
            runs.Add(seed, 1);
            runs.Add(seed, 3);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_session_carries_what_a_plain_model_has_it_carry(int seed, int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var random = new Random(seed);
        var sources = new Call?[Sources];
        var targets = new (int First, int Second)?[Targets];
        int[] carried = [.. Enumerable.Repeat(-1, Targets)];
        var history = new List<string>();
        int sequence = 0;
        for (int step = 0; step < Steps; step++)
        {
            int source = random.Next(Sources);
            int target = random.Next(Targets);
            switch (random.Next(10))
            {
                case 0:
                    Do(sources[source] is null ? "E50" : "0", $"D source{source} alice");
                    sources[source] = null;
                    carried = [.. carried.Select(c => c == source ? -1 : c)];
                    break;
                case 1:
                    sources[source] ??= new Call(relay, $"source{source}");
                    break;
                case 2:
                    Do(targets[target] is null ? "E50" : "0", $"D target{target} r1");
                    targets[target] = null;
                    carried[target] = -1;
                    break;
                default:
                    Fork(source, target);
                    break;
            }

            CheckTarget(random.Next(Targets));
            CheckSource(random.Next(Sources));
        }

        void Do(string expected, string command)
        {
            history.Add(command);
            relay.Command(command).ShouldBe(expected, History());
        }

        void Fork(int source, int target)
        {
            string command = $"U target{target} 203.0.113.1 7000 r1 r2 && C source{source} alice bob && L 203.0.113.2 8000";
            history.Add(command);
            string[] reply = relay.Command(command).Split(" && ");
            bool isGood = sources[source] is not null
                && (carried[target] == source || carried.Count(c => c == source) < MaxForks);
            (reply[1] != "-1").ShouldBe(isGood, History());
            int first = int.Parse(reply[0], CultureInfo.InvariantCulture);
            targets[target] = (first, relay.Port($"L target{target} 203.0.113.2 8000 r1 r2"));
            carried[target] = isGood ? source : carried[target];
        }

        void CheckTarget(int target)
        {
            if (targets[target] is { } ports)
            {
                bool hears = carried[target] < 0;
                relay.Receive(At("203.0.113.2", 8000), ports.First, RtpBytes.Rtp(++sequence)).Count.ShouldBe(hears ? 1 : 0, History());
                relay.Receive(At("203.0.113.1", 7000), ports.Second, RtpBytes.Rtp(++sequence)).Count.ShouldBe(hears ? 1 : 0, History());
            }
        }

        void CheckSource(int source)
        {
            if (sources[source] is { } call)
            {
                relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(++sequence)).Count
                    .ShouldBe(1 + carried.Count(c => c == source), History());
            }
        }

        string History() => string.Join('\n', history.TakeLast(20));
    }
}
