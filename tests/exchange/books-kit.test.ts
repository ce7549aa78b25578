import { fnac } from '../../src/channels/fnac/channel.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { describeBooks } from './books-kit.ts';

describeBooks(fnac, fnacBooks);
