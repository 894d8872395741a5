using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>
/// Calls come and go while things happen to their relay: each speaks for a while, is looked at (the same ports, every packet
/// heard but for those that a killed process had in its hands, none twice), and ends; another takes its place.
/// </summary>
internal sealed class EnduranceRun : IDisposable
{
    private const int PacketsInSecond = 50;
    private const int PacketsInHand = 2; // of a call and a death: one each way that was read and not sent yet

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5); // a relay that has much to catch up with is late
    private static readonly (int From, int To) TurnsOfCall = (20, 1200); // two seconds to two minutes

    private readonly string _directory;
    private readonly string[] _programs;
    private readonly string _link;
    private readonly KeptRelay _relay;
    private readonly SpeakingCalls _parties;
    private readonly Call[] _calls;
    private readonly bool _isRecorded;
    private readonly Dictionary<string, int> _happened = [];
    private readonly List<string> _faults = [];
    private long _ended;
    private long _lost;
    private long _sent;
    private long _unrecorded;
    private int _opened;
    private int _deaths;
    private int _program;

    public EnduranceRun(string program, string? other, int calls, bool isRecorded)
    {
        _isRecorded = isRecorded;
        _programs = other is null ? [program] : [program, other];
        _directory = Directory.CreateTempSubdirectory("endurance-").FullName;
        _link = Path.Combine(_directory, "rtpproxy");
        File.CreateSymbolicLink(_link, Path.GetFullPath(program));
        _relay = new KeptRelay(_link, isRecorded ? ["-r", _directory, "-P"] : []);
        _parties = new SpeakingCalls(calls);
        _calls = [.. Enumerable.Range(0, calls).Select(_ => new Call())];
    }

    /// <summary>True: nothing became of any call.</summary>
    public bool Go(TimeSpan time, string[] events, TimeSpan least, TimeSpan most)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan next = least;
        TimeSpan report = ReportPeriod;
        for (long turn = 0; Stopwatch.GetElapsedTime(start) < time; turn++)
        {
            for (int i = 0; i < _calls.Length; i++)
            {
                Advance(i);
            }

            TimeSpan now = Stopwatch.GetElapsedTime(start);
            if (now >= next)
            {
                Happen(events[Random.Shared.Next(events.Length)]);
                now = Stopwatch.GetElapsedTime(start);
                next = now + least + ((most - least) * Random.Shared.NextDouble());
            }

            if (now >= report)
            {
                report += ReportPeriod;
                Report(now);
            }

            TimeSpan ahead = (Turn * (turn + 1)) - now;
            Thread.Sleep(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
        }

        for (int i = 0; i < _calls.Length; i++)
        {
            End(i);
        }

        Report(Stopwatch.GetElapsedTime(start));
        return _faults.Count == 0;
    }

    public void Dispose()
    {
        _parties.Dispose();
        _relay.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Advance(int place)
    {
        Call call = _calls[place];
        if (call.Name is null)
        {
            Begin(place);
        }
        else if (--call.TurnsLeft == 0)
        {
            End(place);
        }
    }

    private void Begin(int place)
    {
        Call call = _calls[place];
        call.Number = ++_opened;
        call.Name = $"bench{_opened}";
        call.DeathsBefore = _deaths;
        call.TurnsLeft = Random.Shared.Next(TurnsOfCall.From, TurnsOfCall.To);
        call.Ports = _relay.Open(call.Number, _parties.CallerPort, _parties.CalleePort);
        if (_isRecorded)
        {
            _relay.Ask($"R {call.Name} caller callee");
        }

        _parties.Join(place, call.Ports);
    }

    private void End(int place)
    {
        Call call = _calls[place];
        if (call.Name is not { } name)
        {
            return;
        }

        if (_relay.Open(call.Number, _parties.CallerPort, _parties.CalleePort) != call.Ports)
        {
            Fault($"{name}: has other ports");
        }

        _parties.Leave(place);
        call.Name = null;
        CallStream[] streams = [_parties.Streams[2 * place], _parties.Streams[(2 * place) + 1]];
        WaitFor(() => streams.All(stream => stream.Heard == stream.Sent));
        int lost = streams.Sum(stream => stream.Sent - stream.Heard);
        int deaths = _deaths - call.DeathsBefore;
        _ended++;
        _lost += lost;
        _sent += streams.Sum(stream => stream.Sent);
        if (streams.Any(stream => stream.IsSilent(PacketsInSecond)))
        {
            Fault($"{name}: nothing was heard of it at the end");
        }
        else if (lost > PacketsInHand * deaths)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"{name}: {lost} packets lost in {deaths} deaths"));
        }

        if (streams.Sum(stream => stream.Doubled) is > 0 and int doubled)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"{name}: {doubled} packets came twice"));
        }

        string reply = _relay.Ask($"D {name} caller callee");
        if (reply != "0")
        {
            Fault($"{name}: its end was answered '{reply}'");
        }

        if (_isRecorded)
        {
            CheckRecording(name, streams[0].Sent, deaths);
        }
    }

    /// <summary>What the caller said is in a file, every packet of it but for those of a death; and the file ends with a whole one.</summary>
    private void CheckRecording(string name, int sent, int deaths)
    {
        const int Head = 24; // pcap(5)
        const int Record = 16 + 14 + 20 + 8 + SpeakingCalls.PacketBytes;
        FileInfo file = new(Path.Combine(_directory, $"{name}=caller.o.rtp"));
        long expected = Head + ((long)Record * sent);
        WaitFor(() =>
        {
            file.Refresh();
            return file.Exists && (deaths == 0 ? file.Length >= expected : (file.Length - Head) % Record == 0); // all of it is on the disk
        });
        long length = file.Exists ? file.Length : 0;
        _unrecorded += sent - ((length - Head) / Record);
        if (length > expected || (length - Head) % Record != 0 || (deaths == 0 && length != expected))
        {
            Fault(string.Create(
                CultureInfo.InvariantCulture, $"{name}: its recording has {length} bytes and not {expected}, after {deaths} deaths"));
        }

        if (file.Exists)
        {
            file.Delete();
        }
    }

    private static void WaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(start) < LastWords)
        {
            Thread.Sleep(5);
        }
    }

    private void Happen(string @event)
    {
        _happened[@event] = _happened.GetValueOrDefault(@event) + 1;
        _deaths += KeptRelay.IsDeath(@event) ? 1 : 0;
        if (!KeptRelay.IsDeath(@event) && _programs.Length > 1)
        {
            File.Delete(_link);
            File.CreateSymbolicLink(_link, Path.GetFullPath(_programs[_program = (_program + 1) % _programs.Length]));
        }

        try
        {
            _relay.Suffer(@event);
        }
        catch (InvalidOperationException fault)
        {
            Fault(fault.Message);
        }
    }

    private void Fault(string what)
    {
        _faults.Add(what);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAULT {DateTime.Now:HH:mm:ss} {what}"));
    }

    private void Report(TimeSpan at) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{at.TotalMinutes,5:0.0} min: {string.Join(", ", _happened.Select(item => $"{item.Value} {item.Key}"))}; {_ended} calls ended, {_sent} packets sent, {_lost} lost{(_isRecorded ? $", {_unrecorded} not recorded" : "")}; {_faults.Count} faults; keeper {ProcessFigures.Descriptors(_relay.Process.Id)} descriptors, {ProcessFigures.ResidentBytes(_relay.Process) >> 20} MB; relay {ProcessFigures.Descriptors(_relay.Relay)} descriptors"));

    private sealed class Call
    {
        public string? Name { get; set; }

        public int Number { get; set; }

        public RelayPorts Ports { get; set; }

        public int TurnsLeft { get; set; }

        public int DeathsBefore { get; set; }
    }
}
