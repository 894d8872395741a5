namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>Takes the mix.</summary>
internal interface ISampleOutput
{
    /// <summary>One sample of each side.</summary>
    void Write(short answer, short originate);
}
