using System.Globalization;
using RtpProxy.Relay.Quality;
using RtpProxy.Rtp;
using RtpProxy.TestKit;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>The score of the E-model (media rules, section 4.5), by values worked out by hand and by a second program.</summary>
public sealed class EModelScores
{
    [Theory]
    [InlineData(0, 0, 1, 93.2, 4.41)]
    [InlineData(0, 0.01, 1, 89.560, 4.328)]
    [InlineData(8, 0.05, 1, 77.419, 3.923)]
    [InlineData(18, 0.02, 1, 74.2, 3.787)]
    [InlineData(0, 0.05, 2, 75.990, 3.864)]
    public void Golden_values(byte payloadType, double missing, double burstRatio, double rating, double score)
    {
        double found = EModel.Rating(CodecImpairment.Of(new PayloadType(payloadType))!.Value, missing, burstRatio);

        found.ShouldBe(rating, 0.0006);
        EModel.Score(found).ShouldBe(score, 0.0011);
    }

    [Fact]
    public void Every_line_of_the_table_that_another_program_made()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Sources.Root, "tests", "Relay.Tests", "Quality", "emodel.tsv"));
        lines.Length.ShouldBe(5 * 12 * 4 * 8);
        foreach (string line in lines)
        {
            double[] row = [.. line.Split('\t').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            CodecImpairment codec = CodecImpairment.Of(new PayloadType((byte)row[0]))!.Value;

            double rating = EModel.Rating(codec, row[1], row[2], TimeSpan.FromMilliseconds(row[3]));

            rating.ShouldBe(row[4], 1e-8, line);
            EModel.Score(rating).ShouldBe(row[5], 1e-8, line);
        }
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(3, 1)] // where the polynomial goes below 1
    [InlineData(100, 4.5)]
    [InlineData(120, 4.5)]
    public void The_score_stays_on_its_scale(double rating, double score) => EModel.Score(rating).ShouldBe(score);

    [Fact]
    public void Codecs_without_a_row_have_none()
    {
        byte[] known = [0, 3, 4, 8, 18];
        for (byte type = 0; type < 128; type++)
        {
            (CodecImpairment.Of(new PayloadType(type)) is not null).ShouldBe(known.Contains(type), $"payload type {type}");
        }
    }
}
