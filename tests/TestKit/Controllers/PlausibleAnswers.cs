using System.Collections.Concurrent;

namespace RtpProxy.TestKit.Controllers;

/// <summary>Replies that a working daemon could give: each party of a medium keeps its port, what is deleted is gone.</summary>
public sealed class PlausibleAnswers(string address)
{
    private readonly ConcurrentDictionary<string, int> _ports = new();
    private int _lastPort = 30_000;

    public string? Answer(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "E5",
            ["V"] => "20040107",
            ["VF", ..] => "1",
            [['U', ..], var call, _, _, var from, ..] => $"{PortOf(call, from)} {address}",
            [['L', ..], var call, _, _, var from, var to, ..] =>
                Knows(call, from) || Knows(call, to) ? $"{PortOf(call, to)} {address}" : "0",
            [['D', ..], var call, ..] => Forget(call) ? "0" : "E50",
            ["Q", _, _] or ["Q", _, _, _] => "59 20 25 45 0",
            ["Qv", _, _] or ["Qv", _, _, _] => "ttl=59 npkts_ina=20 npkts_ino=25 nrelayed=45 ndropped=0",
            ["Qv", _, _, _, .. var names] => string.Join(' ', names.Select((name, i) => $"{name}={i}")),
            ["Gv", .. var names] => string.Join(' ', names.Select((name, i) => $"{name}={i}")),
            [['I', ..], ..] =>
                "sessions created: 7\nactive sessions: 2\nactive streams: 4\npackets received: 1000\npackets transmitted: 990",
            [['P' or 'S' or 'R' or 'C' or 'N' or 'X', ..], ..] => "0",
            _ => "E0",
        };
    }

    /// <summary>Sessions that have a port, by call and tag.</summary>
    public int LegCount => _ports.Count;

    private int PortOf(string call, string tag) =>
        _ports.GetOrAdd($"{call} {tag}", _ => Interlocked.Add(ref _lastPort, 2));

    private bool Knows(string call, string tag) => _ports.ContainsKey($"{call} {tag}");

    private bool Forget(string call)
    {
        bool any = false;
        foreach (string key in _ports.Keys.Where(key => key.StartsWith(call + " ", StringComparison.Ordinal)))
        {
            any |= _ports.TryRemove(key, out _);
        }

        return any;
    }
}
