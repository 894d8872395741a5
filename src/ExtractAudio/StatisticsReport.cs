using System.Runtime.CompilerServices;
using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio;

/// <summary>Prints what the analyser says of one side, in the original's words.</summary>
internal sealed class StatisticsReport(TextWriter output)
{
    /// <param name="statistics">Null for a side that could not be opened, of which nothing is printed.</param>
    public void Print(IReadOnlyList<ReceptionStatistics>? statistics)
    {
        foreach (ReceptionStatistics one in statistics ?? [])
        {
            Print(one);
        }
    }

    private void Print(ReceptionStatistics statistics)
    {
        SequenceRun run = statistics.CurrentRun;
        Line($"pcount={run.Count}, min_seq={run.Minimum}, max_seq={run.Maximum}, seq_offset={run.Offset}, "
            + $"ssrc={statistics.LastSsrc ?? default}, duplicates={run.Duplicates}");
        Line($"ssrc_changes={statistics.SsrcChanges}, psent={statistics.Sent}, precvd={statistics.Received}, "
            + $"plost={(int)statistics.Lost}");
        if (statistics.Jitter is { } jitter)
        {
            Line($"last_jitter={jitter.Last:F6},average_jitter={jitter.Average:F6},max_jitter={jitter.Maximum:F6}");
        }
    }

    private void Line(DefaultInterpolatedStringHandler line) => output.WriteLine(line.ToStringAndClear());
}
