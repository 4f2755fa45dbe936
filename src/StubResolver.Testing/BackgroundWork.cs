using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace StubResolver.Testing;

/// <summary>The tasks of a server: started without being awaited, all of them ended before the server is disposed.</summary>
internal sealed class BackgroundWork : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly ConcurrentQueue<Exception> _errors = new();

    public void AddError(Exception exception) => _errors.Enqueue(exception);

    /// <summary>Starts work, on this thread until it first waits; its exceptions are thrown by <see cref="ThrowIfFailed"/>.</summary>
    public Task Start(Func<CancellationToken, Task> work)
    {
        Task task = RunAsync(work);
        _running.TryAdd(task, 0);
        _ = task.ContinueWith(
            ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    /// <summary>Cancels the work and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        while (!_running.IsEmpty)
        {
            await Task.WhenAll(_running.Keys).ConfigureAwait(false);
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Throws the first error there was.</summary>
    public void ThrowIfFailed()
    {
        if (_errors.TryPeek(out Exception? error))
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The server is being disposed.
        }
        catch (Exception exception)
        {
            _errors.Enqueue(exception);
        }
    }
}
