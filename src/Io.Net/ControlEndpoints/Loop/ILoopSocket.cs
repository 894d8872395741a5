namespace RtpProxy.Io.Net.ControlEndpoints.Loop;

/// <summary>A socket that a <see cref="ControlLoop"/> watches.</summary>
/// <remarks>Everything is called on the loop's thread.</remarks>
internal interface ILoopSocket
{
    int Descriptor { get; }

    /// <summary>There may be something to read, or room to write. Takes a bounded part of it, and never blocks.</summary>
    void OnReady();

    /// <summary>Met a defect while it was called.</summary>
    void OnDefect(Exception defect);
}
