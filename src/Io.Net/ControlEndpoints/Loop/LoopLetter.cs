using RtpProxy.Io.Net.Engines.Mail;

namespace RtpProxy.Io.Net.ControlEndpoints.Loop;

/// <summary>What another thread wants of the control loop.</summary>
/// <param name="work">On the loop's thread.</param>
internal sealed class LoopLetter(Action work) : Letter
{
    public void Open() => work();
}
