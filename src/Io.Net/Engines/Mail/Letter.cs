namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>One thing that another thread wants of a worker.</summary>
public abstract class Letter
{
    /// <summary>The worker has stopped and will never read this.</summary>
    public virtual void Abandon()
    {
    }
}
