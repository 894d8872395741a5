using System.Diagnostics;

namespace RtpProxy.Load;

/// <summary>The daemon, recording both parties of every call into a directory that is removed at the end.</summary>
internal sealed class RecordingRelay : IRelayUnderTest
{
    private const int PacketBytes = 172;
    private const int AdHocHeader = 30;
    private const int PcapFileHeader = 24;
    private const int PcapHeader = 16 + 14 + 20 + 8; // record, Ethernet, IPv4, UDP
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory;
    private readonly OurRelay _relay;
    private readonly bool _pcap;
    private int _calls;

    public RecordingRelay(string program, string parent, bool pcap)
    {
        _pcap = pcap;
        _directory = Directory.CreateDirectory(Path.Combine(parent, $"recordings-{Environment.ProcessId}"));
        _relay = new OurRelay(program, ["-r", _directory.FullName, .. pcap ? ["-P"] : Array.Empty<string>()]);
    }

    public string Name => "recording";

    public Process Process => _relay.Process;

    public RelayPorts Open(int session, int callerPort, int calleePort)
    {
        RelayPorts ports = _relay.Open(session, callerPort, calleePort);
        _relay.Do($"R bench{session} caller callee");
        _relay.Do($"R bench{session} callee caller");
        _calls = session + 1;
        return ports;
    }

    /// <summary>Ends all calls, waits until the files are whole, and returns how many packets they hold.</summary>
    public long EndRecordings()
    {
        for (int i = 0; i < _calls; i++)
        {
            _relay.Do($"D bench{i} caller callee");
        }

        // The files are complete when nobody has them open any more.
        long start = Stopwatch.GetTimestamp();
        while (HasOpenFiles() && Stopwatch.GetElapsedTime(start) < ClosingTime)
        {
            Thread.Sleep(50);
        }

        return _directory.EnumerateFiles("*.rtp").Sum(PacketsIn);
    }

    public void Dispose()
    {
        _relay.Dispose();
        _directory.Delete(recursive: true);
    }

    private long PacketsIn(FileInfo file) => _pcap
        ? (file.Length - PcapFileHeader) / (PcapHeader + PacketBytes)
        : file.Length / (AdHocHeader + PacketBytes);

    private bool HasOpenFiles() =>
        Directory.EnumerateFiles($"/proc/{Process.Id}/fd")
            .Any(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName.StartsWith(_directory.FullName, StringComparison.Ordinal) == true);
}
