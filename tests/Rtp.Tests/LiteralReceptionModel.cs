namespace RtpProxy.Rtp.Tests;

/// <summary>
/// Media rules, sections 4.2 and 4.3, written down word for word: a map of 131,072 bits that is cleared in halves, lists for
/// everything. Slow, and what the compact implementation must agree with.
/// </summary>
internal sealed class LiteralReceptionModel
{
    private readonly bool[] _map = new bool[131_072];
    private readonly List<Record> _records = [];
    private readonly List<Record> _folded = [];

    private uint _ssrc;
    private uint _sentBefore;
    private uint _receivedBefore;
    private uint _duplicatesBefore;

    private sealed class Record
    {
        public uint Ssrc;
        public long PreviousArrival;
        public uint PreviousTimestamp;
        public double Last;
        public double Max;
        public double Total;
        public uint Count;
        public List<uint> Timestamps = [];
    }

    public uint Changes { get; private set; }

    public uint Min { get; private set; }

    public uint Max { get; private set; }

    public uint Offset { get; private set; }

    public uint Count { get; private set; }

    public uint RunDuplicates { get; private set; }

    public uint Sent => _sentBefore + (Count > 0 ? Max - Min + 1 : 0);

    public uint Received => _receivedBefore + Count;

    public uint Duplicates => _duplicatesBefore + RunDuplicates;

    public (double Last, double Average, double Max)? Jitter
    {
        get
        {
            List<Record> alive = _records.Where(r => r.Count >= 2).ToList();
            List<Record> all = [.. alive, .. _folded];
            return all.Count == 0
                ? null
                : (alive.Count > 0 ? alive[0].Last : 0,
                    all.Sum(r => r.Total) / all.Sum(r => (double)(r.Count - 1)),
                    all.Max(r => r.Max));
        }
    }

    public ReceptionResult OnPacket(uint ssrc, ushort s, uint t, bool m, int rate, long arrivalTicks)
    {
        if (Changes == 0 || ssrc != _ssrc)
        {
            bool first = Changes == 0;
            CloseRun();
            Changes++;
            _ssrc = ssrc;
            StartRun(s);
            JitterOf(ssrc, t, rate, arrivalTicks, false);
            return first ? ReceptionResult.Ok : ReceptionResult.SsrcChanged;
        }

        uint e = s + Offset;
        if (m && e < Max && (Max & 0xffff) != 65535)
        {
            CloseRun();
            StartRun(e);
            JitterOf(ssrc, t, rate, arrivalTicks, true);
            return ReceptionResult.Ok;
        }

        JitterOf(ssrc, t, rate, arrivalTicks, e == 0 && (Max & 0xffff) < 65500);
        if (Max % 65536 < 536 && s > 65000)
        {
            e -= 65536;
        }
        else if (Max > 65000 && e < Max - 65000)
        {
            Offset += 65536;
            e += 65536;
            int half = Offset % 131072 == 65536 ? 65536 : 0;
            Array.Clear(_map, half, 65536);
        }
        else if (e + 536 < Max || e > Max + 536)
        {
            CloseRun();
            StartRun(e);
            return ReceptionResult.Ok;
        }

        int bit = (int)(e % 131072);
        if (_map[bit])
        {
            RunDuplicates++;
            return ReceptionResult.Ok;
        }

        _map[bit] = true;
        if (e >= Max)
        {
            Max = e;
            Count++;
        }
        else if (e >= Min)
        {
            Count++;
        }
        else if (Offset == 0)
        {
            Min = e;
            Count++;
        }
        else
        {
            return ReceptionResult.BeforeRun;
        }

        return ReceptionResult.Ok;
    }

    private void CloseRun()
    {
        if (Count > 0)
        {
            _sentBefore += Max - Min + 1;
            _receivedBefore += Count;
            _duplicatesBefore += RunDuplicates;
        }
    }

    private void StartRun(uint e)
    {
        Array.Clear(_map);
        RunDuplicates = 0;
        Min = Max = e;
        Count = 1;
        _map[(int)(e % 131072)] = true;
    }

    private void JitterOf(uint ssrc, uint t, int rate, long r, bool reset)
    {
        if (rate == 0)
        {
            return;
        }

        Record? record = _records.Find(one => one.Ssrc == ssrc);
        if (record is null)
        {
            record = new Record { Ssrc = ssrc };
            _records.Insert(0, record);
            if (_records.Count > 10)
            {
                if (_records[10].Count >= 2)
                {
                    _folded.Add(_records[10]);
                }

                _records.RemoveAt(10);
            }
        }

        if (record.Timestamps.Contains(t))
        {
            if (record.Count == 1)
            {
                record.PreviousArrival = r;
                record.PreviousTimestamp = t;
            }

            return;
        }

        bool counts = true;
        if (record.PreviousArrival != 0)
        {
            Int128 distance = Int128.Abs((Int128)record.PreviousArrival - r);
            Int128 previous = record.PreviousTimestamp;
            Int128 cycle = 0;
            if (reset)
            {
                counts = false;
            }
            else if (previous > t)
            {
                if (previous - t > 1L << 31)
                {
                    cycle = 1L << 32;
                }
                else if (distance != 0 && previous - t > 50 * distance)
                {
                    counts = false;
                }
            }
            else if (distance != 0 && t - previous > 1024 * distance)
            {
                counts = false;
            }

            if (counts)
            {
                Int128 d = (r - (t + cycle)) - (record.PreviousArrival - previous);
                record.Last += ((double)Int128.Abs(d) - record.Last) / 16;
                record.Max = Math.Max(record.Max, record.Last);
                record.Total += record.Last;
            }
        }

        if (counts)
        {
            record.Count++;
        }

        record.Timestamps.Add(t);
        if (record.Timestamps.Count > 10)
        {
            record.Timestamps.RemoveAt(0);
        }

        record.PreviousArrival = r;
        record.PreviousTimestamp = t;
    }
}
