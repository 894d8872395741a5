using System.Runtime.InteropServices;

namespace RtpProxy.MakeAnn;

/// <summary>
/// The prompt files that are not complete. A signal that ends the program removes them first, whatever the program is waiting
/// for, and the exit status is the shell's for that signal.
/// </summary>
internal sealed class UnfinishedPrompts : IDisposable
{
    private const int SignalStatus = 128;

    private readonly Lock _lock = new();
    private readonly List<PromptWriter> _writers = [];
    private readonly PosixSignalRegistration[] _registrations;
    private bool _areKept;

    public UnfinishedPrompts()
    {
        _registrations =
        [
            On(PosixSignal.SIGHUP, 1),
            On(PosixSignal.SIGINT, 2),
            On(PosixSignal.SIGTERM, 15),
        ];
    }

    /// <summary>Creates a file that a signal would remove.</summary>
    public PromptWriter Create(string template, PromptEncoding encoding)
    {
        lock (_lock)
        {
            var writer = PromptWriter.Create(template, encoding);
            _writers.Add(writer);
            return writer;
        }
    }

    /// <summary>All files are complete and stay.</summary>
    public void KeepAll()
    {
        lock (_lock)
        {
            _writers.ForEach(writer => writer.Keep());
            _areKept = true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writers.ForEach(writer => writer.Dispose());
            _writers.Clear();
        }

        Array.ForEach(_registrations, registration => registration.Dispose());
    }

    private PosixSignalRegistration On(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        lock (_lock) // held to the end: nothing new is begun
        {
            if (!_areKept)
            {
                _writers.ForEach(writer => writer.Remove());
            }

            Environment.Exit(SignalStatus + number);
        }
    });
}
