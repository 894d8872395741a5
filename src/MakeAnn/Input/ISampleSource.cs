namespace RtpProxy.MakeAnn.Input;

/// <summary>Linear samples of 16 bits, mono, 8 kHz, from a file.</summary>
internal interface ISampleSource : IDisposable
{
    /// <summary>What the file is, for people.</summary>
    string Description { get; }

    /// <summary>Fills <paramref name="samples"/>; fewer only at the end of the file.</summary>
    int Read(Span<short> samples);

    /// <summary>Goes back to the first sample.</summary>
    void Rewind();
}
