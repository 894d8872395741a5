using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// The analysers of one recording: one, unless it is a capture of several streams side by side, which would confuse a single
/// one.
/// </summary>
internal sealed class PartyStatistics
{
    private readonly Dictionary<Party, Entry> _entries = [];
    private readonly List<Entry> _order = [];

    private sealed class Entry
    {
        public ReceptionStatistics Statistics { get; } = new();

        public bool HasAudio { get; set; }

        public bool HasEnded { get; set; }
    }

    /// <summary>No packet can be used any more.</summary>
    public bool HaveEnded => _order.Count == 1 && _order[0].HasEnded;

    /// <summary>Those worth printing: with audio; if there are none, the first.</summary>
    public IReadOnlyList<ReceptionStatistics> Printed
    {
        get
        {
            ReceptionStatistics[] withAudio = [.. _order.Where(entry => entry.HasAudio).Select(entry => entry.Statistics)];
            return withAudio.Length > 0 ? withAudio : [_order.Count > 0 ? _order[0].Statistics : new ReceptionStatistics()];
        }
    }

    /// <summary>False when the analyser cannot go on, or could not before.</summary>
    public bool TryAdd(Party party, in RtpPacket packet, double arrivalSeconds, out bool hasJustEnded)
    {
        if (!_entries.TryGetValue(party, out Entry? entry))
        {
            entry = new Entry();
            _entries.Add(party, entry);
            _order.Add(entry);
        }

        hasJustEnded = !entry.HasEnded
            && entry.Statistics.OnRecordedPacket(packet, arrivalSeconds) == ReceptionResult.BeforeRun;
        entry.HasEnded |= hasJustEnded;
        return !entry.HasEnded;
    }

    public void OnAudio(Party party) => _entries[party].HasAudio = true;
}
