using System.Diagnostics;

namespace RtpProxy.Load;

/// <summary>A relay that the load can start and set sessions up in.</summary>
internal interface IRelayUnderTest : IDisposable
{
    string Name { get; }

    Process Process { get; }

    /// <summary>Makes a session between two ports of 127.0.0.1 and returns the ports that each party sends to.</summary>
    RelayPorts Open(int session, int callerPort, int calleePort);

    /// <summary>Asks for a call that is set up and ended at once, and does not wait for the answers.</summary>
    void PassCall(int call);
}
