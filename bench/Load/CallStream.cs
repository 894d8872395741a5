using System.Diagnostics;

namespace RtpProxy.Load;

/// <summary>One direction of a call, as the party that hears it knows it.</summary>
/// <remarks>Filled by the thread that receives; read when nothing is sent any more.</remarks>
internal sealed class CallStream
{
    private readonly HashSet<ushort> _heard = [];
    private long _lastAt;
    private long _longest;

    /// <summary>Packets that came twice.</summary>
    public long Doubled { get; private set; }

    public int Heard => _heard.Count;

    public TimeSpan LongestGap => Stopwatch.GetElapsedTime(0, _longest);

    /// <summary>Of the packet that was heard last.</summary>
    public ushort LastSequence { get; private set; }

    public void Begin()
    {
        _heard.Clear();
        Doubled = 0;
        _longest = 0;
        _lastAt = Stopwatch.GetTimestamp();
    }

    public void Hear(ushort sequence, long now)
    {
        _longest = Math.Max(_longest, now - _lastAt);
        _lastAt = now;
        LastSequence = sequence;
        if (!_heard.Add(sequence))
        {
            Doubled++;
        }
    }
}
