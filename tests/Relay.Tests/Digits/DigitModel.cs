namespace RtpProxy.Relay.Tests.Digits;

/// <summary>The rules of telephone events once more (media rules, section 8.3), literally and slowly: a list of the last four.</summary>
internal sealed class DigitModel
{
    private const int Remembered = 4;

    private readonly List<Event> _events = [];

    /// <summary>Takes a packet; what is told of it, as <c>DIGIT VOLUME DURATION</c>, or null.</summary>
    public string? Take(uint timestamp, int code, int duration, bool isEnd, int volume)
    {
        if (code > 16)
        {
            return null;
        }

        if (_events.Find(known => known.Timestamp == timestamp) is not { } found)
        {
            _events.Add(new Event(timestamp, code) { Longest = duration });
            _events.RemoveRange(0, Math.Max(0, _events.Count - Remembered));
            return null;
        }

        if (found.IsOver || found.Code != code)
        {
            return null;
        }

        found.Longest = Math.Max(found.Longest, duration);
        found.IsOver = isEnd;
        return isEnd ? $"{"0123456789*#ABCD "[code]} {volume} {found.Longest}" : null;
    }

    private sealed class Event(uint timestamp, int code)
    {
        public uint Timestamp => timestamp;

        public int Code => code;

        public int Longest { get; set; }

        public bool IsOver { get; set; }
    }
}
