using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Protocols.RtppFront;

namespace RtpProxy.Hosting.Commands;

/// <summary>Sends the reply of a command that is finished.</summary>
internal sealed class CommandEnd(CommandProcessor processor, CommandRun run, IReplyTarget target) : IErrandEnd
{
    public void Finish()
    {
        target.Reply(run.Reply);
        processor.OnEnded();
    }

    public void GiveUp(Exception? defect)
    {
        target.GiveUp(defect);
        processor.OnEnded();
    }
}
