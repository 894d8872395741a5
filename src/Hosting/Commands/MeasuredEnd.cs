using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay;

namespace RtpProxy.Hosting.Commands;

/// <summary>Sends the reply of a command that is finished, and counts it.</summary>
internal sealed class MeasuredEnd(
    CommandProcessor processor, CommandRun run, IReplyTarget target, CommandMeter meter, Instant begun) : IErrandEnd
{
    public void Finish()
    {
        meter.Count(run.Name, run.Result, begun);
        target.Reply(run.Reply);
        processor.OnEnded();
    }

    public void GiveUp(Exception? defect)
    {
        target.GiveUp(defect);
        processor.OnEnded();
    }
}
