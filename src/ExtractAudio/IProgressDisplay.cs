namespace RtpProxy.ExtractAudio;

/// <summary>Shows a person how far a stage of the work is.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs a stage.</summary>
    /// <param name="title">What is going on.</param>
    /// <param name="total">Units of work.</param>
    /// <param name="stage">The work; it is given what to call with the units done so far.</param>
    void Run(string title, long total, Action<Action<long>> stage);
}
