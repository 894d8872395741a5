using RtpProxy.Relay.Quality;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>Streams with losses, late packets, other orders and repetitions at random, against what can be said of them as a whole.</summary>
public sealed class RandomTraces
{
    private const int Packets = 1500;

    [Theory]
    [InlineData(1, 0.001, 0)]
    [InlineData(2, 0.01, 0.1)]
    [InlineData(3, 0.02, 0.5)]
    [InlineData(4, 0.05, 0.3)]
    [InlineData(5, 0.05, 0.8)]
    [InlineData(6, 0.2, 0.2)]
    [InlineData(7, 0.3, 0.6)]
    [InlineData(8, 0.6, 0.6)]
    public void Bursts_are_those_of_the_trace(int seed, double share, double goesOn)
    {
        for (int round = 0; round < 4; round++)
        {
            var random = new Random((seed * 100) + round);
            Fate[] fates = NewFates(random, share, goesOn);
            MeasuredCall call = Play(random, fates);

            ReceptionFigures figures = call.FromAlice;
            string trace = $"seed {seed}, round {round}";
            figures.Lost.ShouldBe((uint)fates.Count(f => f == Fate.Lost), trace);
            figures.Late.ShouldBe((uint)fates.Count(f => f == Fate.Late), trace);
            figures.Expected.ShouldBe((uint)Packets, trace);
            LiteralBursts expected = LiteralBursts.Of([.. fates.Select(f => f is Fate.Lost or Fate.Late)]);
            figures.BurstDensity.ShouldBe(expected.BurstDensity, 1e-9, trace);
            figures.BurstDuration.TotalMilliseconds.ShouldBe(expected.BurstPackets * 20, 1e-3, trace);
            figures.GapDensity.ShouldBe(expected.GapDensity, 1e-9, trace);
            figures.GapDuration.TotalMilliseconds.ShouldBe(expected.GapPackets * 20, 1e-3, trace);
            figures.MeanLossRun.ShouldBe(expected.MeanRun, 1e-9, trace);
        }
    }

    /// <summary>The first and the last packet come in time, as the stream is known by them.</summary>
    private static Fate[] NewFates(Random random, double share, double goesOn)
    {
        var fates = new Fate[Packets];
        for (int i = 1; i < Packets - 1; i++)
        {
            bool misses = random.NextDouble() < (fates[i - 1] is Fate.Lost or Fate.Late ? goesOn : share);
            fates[i] = misses ? random.Next(3) == 0 ? Fate.Late : Fate.Lost
                : random.Next(10) == 0 ? Fate.Behind
                : random.Next(10) == 0 ? Fate.Twice : Fate.InTime;
        }

        return fates;
    }

    private static MeasuredCall Play(Random random, Fate[] fates)
    {
        var call = new MeasuredCall(new VirtualRelayOptions { RestartsAfterEveryStep = false });
        var arrivals = new List<(int At, int Sequence)>();
        for (int i = 0; i < Packets; i++)
        {
            int sent = 20 * i;
            arrivals.AddRange(fates[i] switch
            {
                Fate.Lost => [],
                Fate.Late => [(sent + random.Next(61, 500), i)],
                Fate.Behind => [(sent + random.Next(1, 61), i)],
                Fate.Twice => [(sent, i), (sent + random.Next(0, 300), i)],
                _ => [(sent, i)],
            });
        }

        foreach ((int at, int sequence) in arrivals.OrderBy(a => a.At))
        {
            call.At(at);
            call.Alice(65_000 + sequence, timestamp: (uint)(sequence * 160)); // over the wrap
        }

        return call;
    }

    private enum Fate
    {
        InTime,
        Twice,
        Behind,
        Late,
        Lost,
    }
}
