using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>What is counted of all sessions without a look at them, against a look at each.</summary>
public sealed class CensusCounts
{
    private const int Steps = 400;
    private const int Calls = 6;

    private static readonly string[] Commands =
    [
        "U {0} 192.0.2.10 40000 alice", "L {0} 192.0.2.20 50000 alice bob", "L {0} 192.0.2.20 50000 alice bob", "D {0} alice",
        "R {0} alice bob", "R {0} bob alice", "C {0} udp:203.0.113.77:9000 alice bob", "C {0} name bob alice", "Rs {0} alice bob",
        "N {0} alice bob", "N {0} bob alice", "X",
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void They_agree_whatever_was_commanded(int seed, int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var random = new Random(seed);
        int seen = 0;
        for (int step = 0; step < Steps; step++)
        {
            int chosen = random.Next(Commands.Length);
            string command = string.Format(null, Commands[chosen], $"call{random.Next(Calls)}");
            if (chosen < Commands.Length - 1 || random.Next(10) == 0)
            {
                relay.Command(command);
            }

            if (random.Next(20) == 0)
            {
                relay.AdvanceSeconds(random.Next(70)); // some time out
            }

            CensusOperation census = Run(relay, relay.Operations.Census());
            SessionReport[] each =
                [.. Enumerable.Range(0, Calls).SelectMany(number => Run(relay, relay.Operations.Report($"call{number}", null)).Reports)];
            census.Complete.ShouldBe(each.Count(report => report.IsComplete), command);
            census.Incomplete.ShouldBe(each.Count(report => !report.IsComplete), command);
            census.Recorded.ShouldBe(
                each.Sum(report => (report.Caller.IsRecorded ? 1 : 0) + (report.Callee.IsRecorded ? 1 : 0)), command);
            census.Sessions.Sum().ShouldBe(each.Length);
            seen = Math.Max(seen, census.Recorded);
        }

        seen.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void It_takes_one_visit_to_each_worker_however_many_sessions_there_are()
    {
        var relay = new VirtualRelay(new RelayOptions(), 2);
        for (int number = 0; number < 500; number++)
        {
            relay.Port($"U call{number} 192.0.2.10 40000 alice");
        }

        CensusOperation census = relay.Operations.Census();
        census.RunOnWorker(relay.Workers[0], relay.Now);
        census.RunOnWorker(relay.Workers[1], relay.Now);

        census.Next.ShouldBe(OperationPlace.Finished);
        census.Incomplete.ShouldBe(500);
    }

    private static T Run<T>(VirtualRelay relay, T operation)
        where T : Operation
    {
        while (operation.Next != OperationPlace.Finished)
        {
            operation.RunOnWorker(relay.Workers[operation.Worker], relay.Now);
        }

        return operation;
    }
}
