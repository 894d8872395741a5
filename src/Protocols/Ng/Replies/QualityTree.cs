using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>Writes the quality of a source (ng protocol, 7.2).</summary>
internal readonly record struct QualityTree(NgWriter Writer, bool WritesProgression)
{
    public void Write(QualityFigures quality)
    {
        Writer.BeginDictionary("average MOS");
        WriteValues(quality.Average);
        Writer.Number("samples", quality.Samples);
        Writer.End();
        Writer.Key("lowest MOS");
        WriteSample(quality.Lowest);
        Writer.Key("highest MOS");
        WriteSample(quality.Highest);
        if (!WritesProgression || quality.Progression.Count == 0)
        {
            return;
        }

        Writer.BeginDictionary("MOS progression");
        Writer.Number("interval", (long)quality.Interval.TotalSeconds);
        Writer.BeginList("entries");
        foreach (QualitySample entry in quality.Progression)
        {
            WriteSample(entry);
        }

        Writer.End();
        Writer.End();
    }

    private void WriteSample(QualitySample sample)
    {
        Writer.BeginDictionary();
        WriteValues(sample);
        Writer.Number("reported at", sample.ReportedAt.ToUnixTimeSeconds());
        Writer.End();
    }

    // MOS in tenths, jitter in ms, loss in percent, round trips in microseconds: all whole numbers.
    private void WriteValues(QualitySample sample)
    {
        Writer.Number("MOS", Whole(sample.Mos * 10));
        Writer.Number("round-trip time", Whole(sample.RoundTrip.TotalMicroseconds));
        Writer.Number("round-trip time leg", Whole(sample.RoundTripOfLeg.TotalMicroseconds));
        Writer.Number("jitter", Whole(sample.Jitter.TotalMilliseconds));
        Writer.Number("packet loss", Whole(sample.PacketLoss));
    }

    private static long Whole(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
