using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Relay;

namespace RtpProxy.Hosting.Commands;

/// <summary>Sends the reply of a command of the ng protocol that is finished.</summary>
internal sealed class NgEnd(NgProtocol protocol, NgRun run, IReplyTarget target, CommandMeter? meter, Instant begun) : IErrandEnd
{
    public void Finish()
    {
        meter?.Count(run.Name, run.IsError ? "error" : "ok", begun);
        target.Reply(run.Reply);
        protocol.OnEnded();
    }

    public void GiveUp(Exception? defect)
    {
        target.GiveUp(defect);
        protocol.OnEnded();
    }
}
