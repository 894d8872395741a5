namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>Waits for the end of an errand; told once, on the thread where it came.</summary>
public interface IErrandEnd
{
    /// <summary>It is finished.</summary>
    void Finish();

    /// <summary>It never will be: the relay is stopping, or a step met a defect.</summary>
    void GiveUp(Exception? defect);
}
