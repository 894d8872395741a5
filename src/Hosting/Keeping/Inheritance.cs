using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Net.Notices;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Storage;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Keeping;

/// <summary>What of the world outlived the process before this one: ports that a keeper has passed on, files, targets that are still permitted.</summary>
internal sealed class Inheritance(
    IReadOnlyList<IEngine<RelayCore>> engines, RecordingStore recordings, PromptLibrary prompts, Notifier notifier) : IInheritance
{
    private readonly Dictionary<(Endpoint Host, ushort Number, bool IsHeard), PortPair>[] _adopted =
        [.. engines.Select(_ => new Dictionary<(Endpoint, ushort, bool), PortPair>())];

    /// <summary>Takes over the pairs that are there, so that this need not be done when everybody waits for it.</summary>
    /// <returns>How many there are.</returns>
    public int AdoptAll(Legacies legacies)
    {
        foreach (string name in legacies.Names)
        {
            if (KeptPorts.TryReadName(name, out int worker, out Endpoint host, out ushort number, out bool isHeard)
                && worker < engines.Count
                && engines[worker].TryAdoptPorts(host, number, isHeard, out PortPair pair))
            {
                _adopted[worker][(host, number, isHeard)] = pair;
            }
        }

        return _adopted.Sum(pairs => pairs.Count);
    }

    public bool TryTakePorts(int worker, in Endpoint host, ushort number, bool isHeard, out PortPair ports) =>
        _adopted[worker].Remove((host, number, isHeard), out ports)
        || engines[worker].TryAdoptPorts(host, number, isHeard, out ports);

    /// <summary>Pairs that nobody goes on with are closed.</summary>
    public void CloseRest()
    {
        for (int worker = 0; worker < engines.Count; worker++)
        {
            foreach (PortPair pair in _adopted[worker].Values)
            {
                engines[worker].Ports.Close(pair);
            }

            _adopted[worker].Clear();
        }
    }

    public IRecordingFile? FindRecording(string callId, string name, long wholeBytes) => recordings.TryReopen(callId, name, wholeBytes);

    public Prompt? FindPrompt(string name, byte payloadType) => prompts.TryOpen(name, payloadType) ?? prompts.TryConvert(name, payloadType);

    public NoticeTarget? FindNoticeTarget(string name) => notifier.Find(name);
}
