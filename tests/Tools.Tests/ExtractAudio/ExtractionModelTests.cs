using RtpProxy.ExtractAudio;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>The tool against the rules written down literally.</summary>
public sealed class ExtractionModelTests : ToolTests
{
    [Fact]
    public void Hostile_recordings_are_extracted_as_the_literal_rules_say()
    {
        for (int seed = 0; seed < 250; seed++)
        {
            Random random = new(seed);
            RecordedCall answer = Hostile(random, 1_000 + random.NextDouble());
            RecordedCall originate = Hostile(random, 1_000 + random.NextDouble());
            bool noSync = seed % 3 == 0;
            LiteralExtraction model = new(noSync);
            model.Load(answer, isAnswer: true);
            model.Load(originate, isAnswer: false);
            byte[] expected = Bytes(model.Mix().SelectMany(pair => (short[])[pair.Answer, pair.Originate]));

            Write("a", answer.ToAdHoc());
            Write("o", originate.ToAdHoc());
            StringWriter errors = new();
            int exitCode = new ExtractCommand(new StringWriter(), errors, new NoProgressDisplay()).Run(
                [noSync ? "-ns" : "-s", "-F", "raw", "-D", "pcm_16", "-A", PathOf("a"), "-B", PathOf("o"), PathOf("out")]);

            // The analyser may give up on such a stream; the model does not know of that.
            if (!errors.ToString().Contains("update_rtpp_stats", StringComparison.Ordinal))
            {
                exitCode.ShouldBe(0, errors.ToString());
                Read("out").AsSpan().SequenceEqual(expected).ShouldBeTrue($"seed {seed}: {errors}");
            }
        }
    }

    private static RecordedCall Hostile(Random random, double start)
    {
        RecordedCall call = new();
        int sequence = random.Next(3) == 0 ? 65_500 : random.Next(1_000);
        long timestamp = random.Next(3) == 0 ? 0xffff_f000 : random.Next(100_000);
        uint ssrc = (uint)random.Next(1, 4);
        double arrival = start;
        for (int i = random.Next(1, 120); i > 0; i--)
        {
            arrival += random.Next(12) switch
            {
                0 => random.NextDouble(),
                1 => -random.NextDouble() * 0.05,
                2 => 0,
                _ => 0.02,
            };
            switch (random.Next(25))
            {
                case 0:
                    sequence -= random.Next(20);
                    break;
                case 1:
                    timestamp += random.Next(-20_000, 40_000);
                    break;
                case 2:
                    ssrc = (uint)random.Next(1, 6);
                    break;
                case 3:
                    sequence += random.Next(10);
                    break;
                default:
                    sequence++;
                    timestamp += 160;
                    break;
            }

            byte[] payload = new byte[random.Next(20) == 0 ? random.Next(500) : 160];
            random.NextBytes(payload);
            int type = random.Next(10) switch { 0 => 101, < 5 => 8, _ => 0 };
            call.Add(arrival, sequence, timestamp, payload, type, ssrc);
        }

        return call;
    }
}
