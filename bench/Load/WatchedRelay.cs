using System.Diagnostics;

namespace RtpProxy.Load;

/// <summary>Our relay with an admin socket and many sessions that carry nothing, with or without somebody who looks at all of them.</summary>
internal sealed class WatchedRelay : IRelayUnderTest
{
    private const int NoPort = 9; // RFC 863

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bench-");
    private readonly OurRelay _relay;
    private readonly int _idle;
    private readonly Onlooker? _onlooker;

    /// <param name="idle">Sessions besides those that carry the load.</param>
    public WatchedRelay(string program, int idle, bool isWatched)
    {
        string path = Path.Combine(_directory.FullName, "admin.sock");
        _relay = new OurRelay(program, "--admin", $"unix:{path}");
        _idle = idle;
        Name = isWatched ? "watched" : "alone";
        _onlooker = isWatched ? new Onlooker(path) : null;
    }

    public string Name { get; }

    public Process Process => _relay.Process;

    /// <summary>Pages that were read, and the slowest of them.</summary>
    public string Seen => _onlooker?.Seen ?? "";

    public RelayPorts Open(int session, int callerPort, int calleePort)
    {
        for (int i = 0; session == 0 && i < _idle; i++)
        {
            _relay.Open(1_000_000 + i, NoPort, NoPort);
        }

        return _relay.Open(session, callerPort, calleePort);
    }

    public void PassCall(int call) => _relay.PassCall(call);

    public void Dispose()
    {
        _onlooker?.Dispose();
        _relay.Dispose();
        _directory.Delete(recursive: true);
    }
}
