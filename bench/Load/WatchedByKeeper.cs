using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>Our relay as a keeper keeps it: what is measured is the relay, not the keeper.</summary>
internal sealed class WatchedByKeeper : IRelayUnderTest
{
    private readonly OurRelay _keeper;

    public WatchedByKeeper(string program)
    {
        _keeper = new OurRelay(program, "--keep");
        string children = File.ReadAllText($"/proc/{_keeper.Process.Id}/task/{_keeper.Process.Id}/children");
        Process = Process.GetProcessById(int.Parse(children, CultureInfo.InvariantCulture));
    }

    public string Name => "kept";

    public Process Process { get; }

    public RelayPorts Open(int session, int callerPort, int calleePort) => _keeper.Open(session, callerPort, calleePort);

    public void PassCall(int call) => _keeper.PassCall(call);

    // The relay would go on without its keeper.
    public void Dispose()
    {
        _keeper.Dispose();
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }
}
